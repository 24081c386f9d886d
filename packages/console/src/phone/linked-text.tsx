// A text with its web addresses as links.
import type { ReactNode } from 'react'
import { splitLinks, type TextPart } from './web-links.ts'

export function LinkedText({ text }: { text: string }) {
  return <span className="linked-text">{splitLinks(text).map(toNode)}</span>
}

function toNode(part: TextPart, at: number): ReactNode {
  if (!part.isLink) return part.text
  return (
    <a key={at} href={part.text} target="_blank" rel="noreferrer noopener">
      {part.text}
    </a>
  )
}
