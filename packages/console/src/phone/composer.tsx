// The line to write in. Enter sends, Shift and Enter break the line, and Enter that picks a word in an input method does neither.
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { SendIcon } from './icons.tsx'
import { texts } from './texts.ts'
import './composer.css'

interface ComposerProps {
  name: string
  onSend: (text: string) => void
}

/** Safari tells the Enter that ends a composition only by this code. */
const PROCESSED_BY_INPUT_METHOD = 229

export function Composer({ name, onSend }: ComposerProps) {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const isEmpty = text.trim() === ''

  useEffect(() => {
    if (window.matchMedia('(hover: hover)').matches) field.current?.focus() // elsewhere a keyboard would jump up
  }, [])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isEmpty) return
    onSend(text.trim())
    setText('')
    field.current?.focus()
  }
  const sendOnEnter = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey) return
    if (event.nativeEvent.isComposing || event.keyCode === PROCESSED_BY_INPUT_METHOD) return
    submit(event)
  }
  return (
    <form className="composer" onSubmit={submit}>
      <div className="composer-field" data-text={text}>
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={texts.messageTo(name)}
          aria-label={texts.message}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={sendOnEnter}
        />
      </div>
      <button type="submit" className="composer-send" disabled={isEmpty} aria-label={texts.send} title={texts.send}>
        <SendIcon />
      </button>
    </form>
  )
}
