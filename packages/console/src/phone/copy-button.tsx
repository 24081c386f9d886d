// Copies a value to the clipboard and says so for a moment.
import { useEffect, useState } from 'react'
import { CheckIcon, CopyIcon } from './icons.tsx'
import { texts } from './texts.ts'

const SHOWN_FOR_MS = 1_500

export function CopyButton({ name, value }: { name: string; value: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [copied])

  if (!window.isSecureContext) return null // browsers give the clipboard to https and to loopback only
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false), // the person forbade it: the value is still there to be marked
    )
  return (
    <button
      type="button"
      className="copy-button"
      onClick={() => void copy()}
      aria-label={texts.copy(name)}
      title={texts.copy(name)}
    >
      {copied ? <CheckIcon /> : <CopyIcon />}
      <span className="visually-hidden" role="status">
        {copied && texts.copied}
      </span>
    </button>
  )
}
