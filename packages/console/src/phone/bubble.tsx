// One message in a chat: who, what, when, and whether it was read.
import type { ReactNode } from 'react'
import { Avatar } from './avatar.tsx'
import type { ChatRow } from './bubble-groups.ts'
import type { MessageContent } from './control-api.ts'
import { formatTime } from './days.ts'
import { ClockIcon } from './icons.tsx'
import { LinkedText } from './linked-text.tsx'
import { OtherKind } from './other-kind.tsx'
import type { OutgoingText } from './outbox.ts'
import { texts } from './texts.ts'
import './bubble.css'

interface BubbleProps {
  row: Extract<ChatRow, { kind: 'message' }>
  mine: boolean
}

export function Bubble({ row: { message, startsGroup, endsGroup }, mine }: BubbleProps) {
  const { from, sentAtMs, readBy } = message
  const time = formatTime(sentAtMs)
  const side = mine ? 'mine' : 'theirs'
  return (
    <li className={`row row-${side}${startsGroup ? ' row-first' : ''}`}>
      {!mine && (
        <div className="row-avatar">
          {startsGroup && (
            <Avatar
              id={from.id}
              name={from.displayName}
              pictureUrl={from.pictureUrl}
              shape={from.kind === 'bot' ? 'bot' : 'person'}
            />
          )}
        </div>
      )}
      <div className="row-body">
        {!mine && startsGroup && (
          <span className="row-name" aria-hidden="true">
            {from.displayName}
          </span>
        )}
        <div className="row-line">
          <div className={`bubble bubble-${side}`}>
            <span className="visually-hidden">{texts.sentBy(from.displayName, time)}</span>
            <Content message={message.message} />
          </div>
          <span className="row-meta">
            {mine && readBy !== undefined && readBy.length > 0 && (
              <span>{readBy.length === 1 ? texts.read : texts.readByCount(readBy.length)}</span>
            )}
            {endsGroup && (
              <time dateTime={new Date(sentAtMs).toISOString()} aria-hidden="true">
                {time}
              </time>
            )}
          </span>
        </div>
      </div>
    </li>
  )
}

function Content({ message }: { message: MessageContent }): ReactNode {
  if (message.type === 'text' && message.text !== undefined) return <LinkedText text={message.text} />
  return <OtherKind message={message} />
}

interface OutgoingBubbleProps {
  entry: OutgoingText
  retry: () => void
  discard: () => void
}

export function OutgoingBubble({ entry, retry, discard }: OutgoingBubbleProps) {
  const failed = entry.state === 'failed'
  return (
    <li className="row row-mine row-first">
      <div className="row-body">
        <div className="row-line">
          <div className={`bubble bubble-mine ${failed ? 'bubble-failed' : 'bubble-sending'}`}>
            <LinkedText text={entry.text} />
          </div>
          {!failed && (
            <span className="row-meta">
              <ClockIcon />
              <span className="visually-hidden">{texts.sending}</span>
            </span>
          )}
        </div>
        {failed && (
          <p className="row-failure" role="alert">
            <span>
              {texts.notSent} {entry.reason ?? texts.unreachable}
            </span>
            <button type="button" className="text-button" onClick={retry}>
              {texts.retry}
            </button>
            <button type="button" className="text-button" onClick={discard}>
              {texts.discard}
            </button>
          </p>
        )}
      </div>
    </li>
  )
}
