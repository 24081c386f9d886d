// What a screen shows when it has nothing to show: that it loads, that there is nothing, or what went wrong.
import type { ReactNode } from 'react'
import { ControlApiError } from './control-api.ts'
import { texts } from './texts.ts'
import './notice.css'

interface NoticeProps {
  title: string
  hint?: string
  children?: ReactNode
}

export function Notice({ title, hint, children }: NoticeProps) {
  return (
    <div className="notice">
      <p className="notice-title">{title}</p>
      {hint !== undefined && <p className="notice-hint">{hint}</p>}
      {children}
    </div>
  )
}

export function Loading() {
  return (
    <div className="notice" role="status">
      <span className="notice-spinner" aria-hidden="true" />
      <span className="visually-hidden">{texts.loading}</span>
    </div>
  )
}

export function Failure({ error, retry }: { error: Error; retry: () => unknown }) {
  const code = error instanceof ControlApiError ? error.code : 'refused'
  const answered = code !== 'unreachable'
  // Who is not let in any more gets the platform's own page, which asks for the token.
  const again = code === 'unauthorized' ? () => window.location.reload() : retry
  return (
    <div className="notice" role="alert">
      <p className="notice-title">{texts.somethingBroke}</p>
      <p className="notice-hint">{answered ? error.message : texts.unreachable}</p>
      <button type="button" className="button" onClick={() => void again()}>
        {texts.retry}
      </button>
    </div>
  )
}
