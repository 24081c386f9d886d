// The line to write in, with what else can be sent. Enter sends, Shift and Enter break the line, Enter that picks a word in an
// input method does neither, and the arrow up in an empty line sends what was sent last once more.
import { type FormEvent, type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { GroupMember } from './acts-api.ts'
import type { ChatMessage } from './control-api.ts'
import type { Draft } from './draft.ts'
import { CloseIcon, PlusIcon, SendIcon, SmileIcon } from './icons.tsx'
import { MentionList } from './mention-list.tsx'
import { summaryOf } from './message-kinds.ts'
import { SendPanel } from './send-panel.tsx'
import { StickerPanel } from './sticker-panel.tsx'
import { languageOf } from './text-language.ts'
import { texts } from './texts.ts'
import { type Mentioned, toTextDraft } from './written-text.ts'
import './composer.css'

interface ComposerProps {
  name: string
  /** Who can be mentioned; nobody in a chat of two. */
  members: readonly GroupMember[]
  quoted: ChatMessage | undefined
  unquote: () => void
  onSend: (draft: Draft) => void
  onResend: () => void
  handle: Ref<ComposerHandle>
}

export interface ComposerHandle {
  /** LINE reference, "Postback action", inputOption. */
  openKeyboard(fillInText: string | undefined): void
}

type Panel = 'none' | 'more' | 'stickers'

/** Safari tells the Enter that ends a composition only by this code. */
const PROCESSED_BY_INPUT_METHOD = 229

export function Composer({ name, members, quoted, unquote, onSend, onResend, handle }: ComposerProps) {
  const [text, setText] = useState('')
  const [panel, setPanel] = useState<Panel>('none')
  const [mentioned, setMentioned] = useState<readonly Mentioned[]>([])
  const field = useRef<HTMLTextAreaElement>(null)
  const isEmpty = text.trim() === ''
  const asked = members.length > 0 ? /(?:^|\s)@([^\s@]*)$/.exec(text)?.[1] : undefined

  useEffect(() => {
    if (window.matchMedia('(hover: hover)').matches) field.current?.focus() // elsewhere a keyboard would jump up
  }, [])
  useEffect(() => {
    if (quoted !== undefined) field.current?.focus()
  }, [quoted])
  useImperativeHandle(handle, () => ({
    openKeyboard(fillInText) {
      if (fillInText !== undefined) setText(fillInText)
      field.current?.focus()
    },
  }))

  const send = (draft: Draft) => {
    onSend(draft)
    unquote()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isEmpty) return
    send(toTextDraft(text.trim(), mentioned, quoted?.id))
    setText('')
    setMentioned([])
    field.current?.focus()
  }
  const useKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === PROCESSED_BY_INPUT_METHOD) return
    if (event.key === 'Enter' && !event.shiftKey) submit(event)
    if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault()
      onResend()
    }
  }
  const mention = (whom: Mentioned) => {
    setMentioned([...mentioned, whom])
    setText(`${text.slice(0, text.lastIndexOf('@'))}@${whom.name} `)
    field.current?.focus()
  }
  const toggle = (wanted: Panel) => setPanel(panel === wanted ? 'none' : wanted)
  const closePanel = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || panel === 'none') return
    event.stopPropagation() // the chat stays open
    setPanel('none')
    field.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel, whatever has the focus in it
    <div className="composer-frame" onKeyDown={closePanel}>
      {asked !== undefined && <MentionList members={members} asked={asked} onPick={mention} />}
      {quoted !== undefined && (
        <div className="composer-quote">
          <p>
            <strong>{quoted.from.displayName}</strong> <span>{summaryOf(quoted.message)}</span>
          </p>
          <button type="button" className="icon-button" onClick={unquote} aria-label={texts.noQuote}>
            <CloseIcon />
          </button>
        </div>
      )}
      <form className="composer" onSubmit={submit}>
        <button
          type="button"
          className="icon-button composer-more"
          aria-expanded={panel === 'more'}
          aria-label={texts.sendElse}
          title={texts.sendElse}
          onClick={() => toggle('more')}
        >
          <PlusIcon />
        </button>
        <div className="composer-field" data-text={text}>
          <textarea
            ref={field}
            rows={1}
            value={text}
            lang={languageOf(text)}
            placeholder={texts.messageTo(name)}
            aria-label={texts.message}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={useKey}
          />
          <button
            type="button"
            className="icon-button composer-smile"
            aria-expanded={panel === 'stickers'}
            aria-label={texts.stickersAndEmoji}
            title={texts.stickersAndEmoji}
            onClick={() => toggle('stickers')}
          >
            <SmileIcon />
          </button>
        </div>
        <button type="submit" className="composer-send" disabled={isEmpty} aria-label={texts.send} title={texts.send}>
          <SendIcon />
        </button>
      </form>
      {panel === 'more' && (
        <SendPanel
          onSend={(draft) => {
            setPanel('none')
            send(draft)
          }}
          close={() => setPanel('none')}
        />
      )}
      {panel === 'stickers' && (
        <StickerPanel
          onSticker={(sticker) => send({ ...sticker, ...(quoted !== undefined && { quotedMessageId: quoted.id }) })}
          onWords={(words) => setText((before) => `${before}${words}`)}
        />
      )}
    </div>
  )
}
