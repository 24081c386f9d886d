// Beside the phone: who you are, which bot this is and where its webhook goes, and what to try.
import type { ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import { Avatar } from './avatar.tsx'
import { type BotChannel, timelineUrl, type UserProfile } from './control-api.ts'
import { CopyButton } from './copy-button.tsx'
import { Mark } from './icons.tsx'
import { chatListPath, phonesPath } from './paths.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'
import { ThemeSwitch } from './theme-switch.tsx'
import './side-panel.css'

export function SidePanel() {
  const { user, state, live } = useSession()
  const { chatId } = useParams()
  const inReach = state.channels.filter((channel) => channel.providerId === user.providerId)
  const shown = inReach.filter((channel) => channel.botUserId === chatId)
  return (
    <div className="panel">
      <header className="panel-brand">
        <Mark />
        <span className="panel-product">{texts.productName}</span>
        <span className={`panel-live panel-live-${live}`}>{LIVE_WORDS[live]}</span>
      </header>
      <You user={user} users={state.users} />
      {(shown.length > 0 ? shown : inReach).map((channel) => (
        <Bot key={channel.channelId} channel={channel} />
      ))}
      <section className="panel-section">
        <h2 className="panel-heading">{texts.whatToTry}</h2>
        <ul className="panel-tries">
          {texts.tries.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <a href={timelineUrl} target="_blank" rel="noreferrer">
          {texts.timeline}
        </a>
      </section>
      <footer className="panel-foot">
        <ThemeSwitch />
        <p>{texts.notAffiliated}</p>
      </footer>
    </div>
  )
}

const LIVE_WORDS = { live: texts.live, connecting: texts.connecting, lost: texts.offline }

function You({ user, users }: { user: UserProfile; users: UserProfile[] }) {
  const navigate = useNavigate()
  return (
    <section className="panel-section">
      <h2 className="panel-heading">{texts.youAre}</h2>
      <div className="panel-person">
        <Avatar id={user.userId} name={user.displayName} pictureUrl={user.pictureUrl} shape="person" size="large" />
        <div>
          <p className="panel-name">{user.displayName}</p>
          {user.statusMessage !== undefined && <p className="panel-status">{user.statusMessage}</p>}
        </div>
      </div>
      <dl className="panel-facts">
        <Fact name={texts.userId} value={user.userId} isCode />
      </dl>
      {users.length > 1 && (
        <label className="panel-switch">
          {texts.switchUser}
          <select value={user.userId} onChange={(event) => void navigate(chatListPath(event.target.value))}>
            {users.map((other) => (
              <option key={other.userId} value={other.userId}>
                {other.displayName}
              </option>
            ))}
          </select>
        </label>
      )}
      {/* Another page and no screen of this phone: each phone there has a history of its own. */}
      <a
        href={phonesPath([user.userId, ...users.flatMap((other) => (other === user ? [] : other.userId)).slice(0, 1)])}
      >
        {texts.beside}
      </a>
    </section>
  )
}

function Bot({ channel }: { channel: BotChannel }) {
  const { url, use } = channel.webhook
  const works = use && url !== undefined
  return (
    <section className="panel-section">
      <h2 className="panel-heading">{texts.theBot}</h2>
      <div className="panel-person">
        <Avatar id={channel.botUserId} name={channel.displayName} shape="bot" size="large" />
        <div>
          <p className="panel-name">{channel.displayName}</p>
          <p className="panel-status">{channel.basicId}</p>
        </div>
      </div>
      <dl className="panel-facts">
        <Fact name={texts.channelId} value={channel.channelId} isCode />
        <Fact name={texts.apiProfile} value={texts.profiles[channel.profile]} />
        <div className="panel-fact">
          <dt>{texts.webhook}</dt>
          <dd>
            <span className={`panel-webhook panel-webhook-${works ? 'on' : 'off'}`}>
              {works ? texts.webhookInUse : url === undefined ? texts.webhookMissing : texts.webhookOff}
            </span>
          </dd>
        </div>
        {url !== undefined && <Fact name={texts.webhookUrl} value={url} isCode />}
      </dl>
    </section>
  )
}

function Fact({ name, value, isCode = false }: { name: string; value: string; isCode?: boolean }) {
  return (
    <div className="panel-fact">
      <dt>{name}</dt>
      <dd>
        {isCode ? <code>{breakAfterSlashes(value)}</code> : value}
        {isCode && <CopyButton name={name} value={value} />}
      </dd>
    </div>
  )
}

/** A long URL breaks between its parts rather than inside a word. */
function breakAfterSlashes(text: string): ReactNode[] {
  const parts = text.split(/(?<=\/)(?=[^/])/)
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
  return parts.flatMap((part, at) => (at === 0 ? [part] : [<wbr key={at} />, part]))
}
