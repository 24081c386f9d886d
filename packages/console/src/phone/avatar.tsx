// A picture of somebody: their own where it loads, else their initials on a tint that stays the same for the same id.
import { useState } from 'react'
import './avatar.css'

interface AvatarProps {
  id: string
  name: string
  pictureUrl?: string | undefined
  /** Bots are squares with round corners, people are round. */
  shape: 'person' | 'bot'
  size?: 'small' | 'medium' | 'large'
}

const TINTS = 6

/** Decoration: the name always stands beside it, or in the words for those who do not see. */
export function Avatar({ id, name, pictureUrl, shape, size = 'medium' }: AvatarProps) {
  const [brokenUrl, setBrokenUrl] = useState<string>()
  const classes = `avatar avatar-${shape} avatar-${size}`
  if (pictureUrl !== undefined && pictureUrl !== brokenUrl)
    return <img className={classes} src={pictureUrl} alt="" onError={() => setBrokenUrl(pictureUrl)} />
  return (
    <span className={`${classes} avatar-tint-${tintOf(id)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

/** One or two letters: of the first and the last word. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1)
  return picked.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}

function tintOf(id: string): number {
  let sum = 0
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return sum % TINTS
}
