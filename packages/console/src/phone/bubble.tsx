// One message in a chat: who, what, when, and whether it was read.
import type { Sender } from '@hatoba/line/wire'
import { memo } from 'react'
import { Avatar } from './avatar.tsx'
import type { ChatRow } from './bubble-groups.ts'
import { useChatActs } from './chat-acts.ts'
import type { ChatMessage } from './control-api.ts'
import { formatTime } from './days.ts'
import { ClockIcon, MoreIcon } from './icons.tsx'
import { isBare, MessageBody } from './kinds/message-body.tsx'
import { SenderIcon } from './kinds/sender-icon.tsx'
import { StickerArt } from './kinds/sticker-art.tsx'
import { TextBody } from './kinds/text-body.tsx'
import { kindName, summaryOf } from './message-kinds.ts'
import type { Outgoing } from './outbox.ts'
import { texts } from './texts.ts'
import './bubble.css'

interface BubbleProps {
  row: Extract<ChatRow, { kind: 'message' }>
  mine: boolean
  /** The message that this one answers, if it is loaded. */
  quoted: ChatMessage | undefined
}

export const Bubble = memo(function Bubble({ row: { message, startsGroup, endsGroup }, mine, quoted }: BubbleProps) {
  const acts = useChatActs()
  const { id, from, sentAtMs, readBy, unsent, editedAtMs } = message
  const time = formatTime(sentAtMs)
  const side = mine ? 'mine' : 'theirs'
  if (unsent !== undefined)
    return (
      <li className="row-note" data-message={id}>
        {mine ? texts.youUnsent : texts.unsentBy(from.displayName)}
      </li>
    )
  const sender = message.message.sender as Sender | undefined // checked when it was sent
  const name = sender?.name ? texts.nameFrom(sender.name, from.displayName) : from.displayName
  const isSpecial = sender !== undefined
  return (
    <li className={`row row-${side}${startsGroup ? ' row-first' : ''}`} data-message={id}>
      {!mine && (
        <div className="row-avatar">
          {sender?.iconUrl ? (
            <SenderIcon message={message} name={sender.name ?? from.displayName} />
          ) : (
            (startsGroup || isSpecial) && (
              <Avatar
                id={sender?.name ?? from.id}
                name={sender?.name ?? from.displayName}
                pictureUrl={from.pictureUrl}
                shape={from.kind === 'bot' ? 'bot' : 'person'}
              />
            )
          )}
        </div>
      )}
      <div className="row-body">
        {!mine && (startsGroup || isSpecial) && (
          <span className="row-name" aria-hidden="true">
            {name}
          </span>
        )}
        <div className="row-line">
          <div className={isBare(message) ? `bubble bubble-bare` : `bubble bubble-${side}`}>
            <span className="visually-hidden">{texts.sentBy(name, time)}</span>
            <Quoted message={message} quoted={quoted} />
            <MessageBody message={message} />
          </div>
          <span className="row-meta">
            <button
              type="button"
              className="row-more"
              aria-label={texts.moreOf(kindName(message.message))}
              onClick={() => acts.open({ kind: 'menu', message })}
            >
              <MoreIcon />
            </button>
            {editedAtMs !== undefined && <span>{texts.edited}</span>}
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
}, isSame)

/** Rows are made anew whenever a message comes; most of them say the same as before. */
function isSame(before: BubbleProps, after: BubbleProps): boolean {
  return (
    before.row.message === after.row.message &&
    before.row.startsGroup === after.row.startsGroup &&
    before.row.endsGroup === after.row.endsGroup &&
    before.mine === after.mine &&
    before.quoted === after.quoted
  )
}

function Quoted({ message, quoted }: { message: ChatMessage; quoted: ChatMessage | undefined }) {
  const acts = useChatActs()
  const { quotedMessageId } = message.message
  if (typeof quotedMessageId !== 'string') return null
  return (
    <button type="button" className="quoted" onClick={() => acts.find(quotedMessageId)}>
      {quoted === undefined ? (
        texts.earlierMessage
      ) : (
        <>
          <strong>{quoted.from.displayName}</strong>
          <span>{quoted.unsent === undefined ? summaryOf(quoted.message) : texts.takenBack}</span>
        </>
      )}
    </button>
  )
}

interface OutgoingBubbleProps {
  entry: Outgoing
  retry: () => void
  discard: () => void
}

export function OutgoingBubble({ entry, retry, discard }: OutgoingBubbleProps) {
  const { state, draft, progress } = entry
  const failed = state === 'failed'
  const bare = draft.type === 'sticker' && !failed
  return (
    <li className="row row-mine row-first">
      <div className="row-body">
        <div className="row-line">
          <div
            className={`bubble ${bare ? 'bubble-bare' : 'bubble-mine'} ${failed ? 'bubble-failed' : 'bubble-sending'}`}
          >
            {draft.type === 'text' ? (
              <TextBody message={{ ...draft }} />
            ) : draft.type === 'sticker' ? (
              <StickerArt packageId={draft.packageId} stickerId={draft.stickerId} />
            ) : (
              <span>{texts.kinds[draft.type]}</span>
            )}
            {progress !== undefined && !failed && (
              <progress className="upload-bar" value={progress} max={1} aria-label={texts.uploading} />
            )}
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
