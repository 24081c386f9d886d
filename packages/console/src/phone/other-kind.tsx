// A message of a kind the phone does not draw: what it is, what it says to those who cannot see it, and its JSON on request.
import type { MessageContent } from './control-api.ts'
import { kindName } from './message-kinds.ts'
import { texts } from './texts.ts'
import './other-kind.css'

export function OtherKind({ message }: { message: MessageContent }) {
  const kind = kindName(message)
  const words = message.altText ?? message.text
  return (
    <div className="other-kind">
      <p className="other-kind-name">{kind}</p>
      {words !== undefined && <p className="other-kind-words">{words}</p>}
      <p className="other-kind-note">{texts.notDrawnYet}</p>
      <details>
        <summary>{texts.showJson}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="other-kind-json" tabIndex={0} aria-label={texts.jsonOf(kind)}>
          <pre>{JSON.stringify(message, null, 2)}</pre>
        </section>
      </details>
    </div>
  )
}
