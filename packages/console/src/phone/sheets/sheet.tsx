// A panel over the chat, as a phone shows it: takes the focus, keeps it, and gives it back. Escape closes it.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { CloseIcon } from '../icons.tsx'
import { texts } from '../texts.ts'
import './sheet.css'

interface SheetProps {
  title: string
  close: () => void
  /** `full` takes the whole screen, `low` only what it needs. */
  size?: 'full' | 'low'
  children: ReactNode
}

const CAN_HAVE_FOCUS = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, video[controls], iframe'

export function Sheet({ title, close, size = 'low', children }: SheetProps) {
  const titleId = useId()
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const wanted = panel.current?.querySelector<HTMLElement>('[data-first-focus]')
    ;(wanted ?? panel.current)?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  const keepKeys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation() // the chat under it stays open
      close()
    }
    if (event.key !== 'Tab') return
    const all = [...(panel.current?.querySelectorAll<HTMLElement>(CAN_HAVE_FOCUS) ?? [])]
    const end = event.shiftKey ? all[0] : all.at(-1)
    if (document.activeElement !== end && !(event.shiftKey && document.activeElement === panel.current)) return
    event.preventDefault()
    const other = event.shiftKey ? all.at(-1) : all[0]
    other?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a tap beside the sheet closes it; the keyboard has Escape and the button
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div className="sheet-shade" onClick={(event) => event.target === event.currentTarget && close()}>
      <div
        ref={panel}
        className={`sheet sheet-${size}`}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        onKeyDown={keepKeys}
      >
        <header className="sheet-bar">
          <h2 id={titleId} className="sheet-title">
            {title}
          </h2>
          <button type="button" className="icon-button" onClick={close} aria-label={texts.close} title={texts.close}>
            <CloseIcon />
          </button>
        </header>
        <div className="sheet-content">{children}</div>
      </div>
    </div>
  )
}
