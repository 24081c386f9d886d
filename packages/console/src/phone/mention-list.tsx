// Who is meant by the @ that was just typed.
import type { GroupMember } from './acts-api.ts'
import { Avatar } from './avatar.tsx'
import { GroupIcon } from './icons.tsx'
import { texts } from './texts.ts'
import type { Mentioned } from './written-text.ts'

interface MentionListProps {
  members: readonly GroupMember[]
  /** What stands behind the @ so far. */
  asked: string
  onPick: (whom: Mentioned) => void
}

const MOST_SHOWN = 20

export function MentionList({ members, asked, onPick }: MentionListProps) {
  const wanted = asked.toLowerCase()
  const found = members.filter(({ displayName }) => displayName.toLowerCase().startsWith(wanted)).slice(0, MOST_SHOWN)
  const isAll = 'all'.startsWith(wanted)
  if (found.length === 0 && !isAll) return null
  return (
    <ul className="mention-list" aria-label={texts.mention}>
      {isAll && (
        <li>
          <button type="button" className="choice" onClick={() => onPick({ name: 'All', all: true })}>
            <GroupIcon />
            {texts.mentionAll}
          </button>
        </li>
      )}
      {found.map(({ userId, displayName, pictureUrl }) => (
        <li key={userId}>
          <button type="button" className="choice" onClick={() => onPick({ name: displayName, userId })}>
            <Avatar id={userId} name={displayName} pictureUrl={pictureUrl} shape="person" size="small" />
            {displayName}
          </button>
        </li>
      ))}
    </ul>
  )
}
