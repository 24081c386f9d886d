// The page's own line drawings. They are decoration: whoever uses one gives it its words.
import type { ReactNode } from 'react'

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export const BackIcon = () => (
  <Icon>
    <path d="m15 5-7 7 7 7" />
  </Icon>
)

export const SendIcon = () => (
  <Icon>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
)

export const InfoIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 11v5.5M12 7.6v.1" />
  </Icon>
)

export const DownIcon = () => (
  <Icon>
    <path d="M12 5v14M6 13l6 6 6-6" />
  </Icon>
)

export const CopyIcon = () => (
  <Icon>
    <rect x="9" y="9" width="11" height="11" rx="2.5" />
    <path d="M5.5 15H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v.5" />
  </Icon>
)

export const CheckIcon = () => (
  <Icon>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
)

export const ClockIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.5V12l3 2" />
  </Icon>
)

export const PlusIcon = () => (
  <Icon>
    <path d="M12 5v14M5 12h14" />
  </Icon>
)

export const CloseIcon = () => (
  <Icon>
    <path d="M6 6l12 12M18 6 6 18" />
  </Icon>
)

export const ForwardIcon = () => (
  <Icon>
    <path d="m9 5 7 7-7 7" />
  </Icon>
)

export const MoreIcon = () => (
  <Icon>
    <path d="M5.5 12h.01M12 12h.01M18.5 12h.01" />
  </Icon>
)

export const MenuIcon = () => (
  <Icon>
    <path d="M4.5 7h15M4.5 12h15M4.5 17h15" />
  </Icon>
)

export const SmileIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M8.5 14.5q3.5 3 7 0M9 9.6v.1M15 9.6v.1" />
  </Icon>
)

export const PlayIcon = () => (
  <Icon>
    <path d="M8 5.5v13l10.5-6.5z" fill="currentColor" />
  </Icon>
)

export const PauseIcon = () => (
  <Icon>
    <path d="M8 6v12M16 6v12" />
  </Icon>
)

export const FileIcon = () => (
  <Icon>
    <path d="M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5z" />
    <path d="M13.5 3v5.5H19M9 13h6M9 16.5h4" />
  </Icon>
)

export const CameraIcon = () => (
  <Icon>
    <path d="M4 8.5a2 2 0 0 1 2-2h2l1.5-2h5l1.5 2h2a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z" />
    <circle cx="12" cy="12.5" r="3.5" />
  </Icon>
)

export const RollIcon = () => (
  <Icon>
    <rect x="3.5" y="4.5" width="17" height="15" rx="2.5" />
    <path d="m4 16 4.5-4.5 4 4 3-3 4.5 4.5M15.5 9v.1" />
  </Icon>
)

export const FilmIcon = () => (
  <Icon>
    <rect x="3.5" y="6" width="12" height="12" rx="2.5" />
    <path d="m15.5 11 5-3v8l-5-3z" />
  </Icon>
)

export const SoundIcon = () => (
  <Icon>
    <rect x="9" y="3.5" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
  </Icon>
)

export const PinIcon = () => (
  <Icon>
    <path d="M12 21c-4.5-5-7-8.3-7-11a7 7 0 1 1 14 0c0 2.7-2.5 6-7 11z" />
    <circle cx="12" cy="10" r="2.5" />
  </Icon>
)

export const BeaconIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="1.5" />
    <path d="M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.7 18.3a9 9 0 0 1 0-12.6M18.3 5.7a9 9 0 0 1 0 12.6" />
  </Icon>
)

export const CallIcon = () => (
  <Icon>
    <path d="M6 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4 5.7 2 2 0 0 1 6 3.5z" />
  </Icon>
)

export const LockIcon = () => (
  <Icon>
    <rect x="5" y="10.5" width="14" height="10" rx="2" />
    <path d="M8 10.5V7.5a4 4 0 0 1 8 0v3" />
  </Icon>
)

export const QuoteIcon = () => (
  <Icon>
    <path d="M9 7 4.5 11.5 9 16M4.5 11.5H14a5.5 5.5 0 0 1 5.5 5.5v1" />
  </Icon>
)

export const UnsendIcon = () => (
  <Icon>
    <path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7" />
  </Icon>
)

export const BrokenIcon = () => (
  <Icon>
    <path d="M20 13V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4l2-4 2.5 2.5L17 13z" />
  </Icon>
)

export const AddFriendIcon = () => (
  <Icon>
    <circle cx="10" cy="8" r="3.5" />
    <path d="M3.5 19.5a6.5 6.5 0 0 1 13 0M18.5 7v6M15.5 10h6" />
  </Icon>
)

export const GroupIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="3.2" />
    <path d="M2.8 19a6.2 6.2 0 0 1 12.4 0M15.5 6.1a3.2 3.2 0 0 1 0 5.8M17.5 14.2A6.2 6.2 0 0 1 21.2 19" />
  </Icon>
)

export const GearIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="3" />
    <path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1" />
  </Icon>
)

export const QrIcon = () => (
  <Icon>
    <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM19 14v.1M14 19.5v.1M17 19h3" />
  </Icon>
)

export const LeaveIcon = () => (
  <Icon>
    <path d="M14 4.5H7a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h7M10.5 12H20M16.5 8l4 4-4 4" />
  </Icon>
)

export const BlockIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="m6 6 12 12" />
  </Icon>
)

/** A pigeon over the water of a wharf: Hatoba's own mark. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <rect className="mark-ground" width="32" height="32" rx="9" />
    <path
      className="mark-bird"
      d="M5.5 16.5c3 .2 5.2-.5 7-2L9.8 6.5c4.6.6 8 3 9.7 6.3 1-1.6 2.7-2.5 4.5-2.3 1.3.1 2.3.8 2.8 1.7l-2.8 1c-.4 4.6-4 7.8-9 7.8-4.5 0-7.8-1.7-9.5-4.5z"
    />
    <path className="mark-water" d="M4.7 25c1.9-1.7 3.75-1.7 5.65 0s3.75 1.7 5.65 0 3.75-1.7 5.65 0 3.75 1.7 5.65 0" />
  </svg>
)
