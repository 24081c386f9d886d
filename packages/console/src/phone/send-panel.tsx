// What can be sent besides texts and stickers.
import { type ReactNode, useRef } from 'react'
import { useChatActs } from './chat-acts.ts'
import type { Draft } from './draft.ts'
import { BeaconIcon, CameraIcon, FileIcon, FilmIcon, PinIcon, RollIcon, SoundIcon } from './icons.tsx'
import { texts } from './texts.ts'

interface SendPanelProps {
  onSend: (draft: Draft) => void
  close: () => void
}

export function SendPanel({ onSend, close }: SendPanelProps) {
  const acts = useChatActs()
  const sendPictures = (files: readonly File[]) => onSend({ type: 'image', files })
  const open = (sheet: Parameters<typeof acts.open>[0]) => () => {
    acts.open(sheet)
    close()
  }
  return (
    <ul className="send-panel" aria-label={texts.sendElse}>
      <Way label={texts.actions.camera} onClick={open({ kind: 'pictures', from: 'camera', onPick: sendPictures })}>
        <CameraIcon />
      </Way>
      <Way label={texts.kinds.image} onClick={open({ kind: 'pictures', from: 'roll', onPick: sendPictures })}>
        <RollIcon />
      </Way>
      <FileWay label={texts.kinds.video} accept="video/*" onFile={(file) => onSend({ type: 'video', file })}>
        <FilmIcon />
      </FileWay>
      <FileWay label={texts.kinds.audio} accept="audio/*" onFile={(file) => onSend({ type: 'audio', file })}>
        <SoundIcon />
      </FileWay>
      <FileWay label={texts.kinds.file} accept="*/*" onFile={(file) => onSend({ type: 'file', file })}>
        <FileIcon />
      </FileWay>
      <Way
        label={texts.kinds.location}
        onClick={open({ kind: 'place', onPick: (place) => onSend({ type: 'location', ...place }) })}
      >
        <PinIcon />
      </Way>
      <Way label={texts.beacon} onClick={open({ kind: 'beacon' })}>
        <BeaconIcon />
      </Way>
    </ul>
  )
}

interface WayProps {
  label: string
  onClick: () => void
  children: ReactNode
}

function Way({ label, onClick, children }: WayProps) {
  return (
    <li>
      <button type="button" className="way" onClick={onClick}>
        <span className="way-icon">{children}</span>
        {label}
      </button>
    </li>
  )
}

interface FileWayProps {
  label: string
  accept: string
  onFile: (file: File) => void
  children: ReactNode
}

function FileWay({ label, accept, onFile, children }: FileWayProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <li>
      <button type="button" className="way" onClick={() => input.current?.click()}>
        <span className="way-icon">{children}</span>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) onFile(file)
        }}
      />
    </li>
  )
}
