// The settings of the app of one user: the profile, and what bots and beacons may know.
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changeUser, type UserChange } from './acts-api.ts'
import { chatListPath } from './paths.ts'
import { useSession } from './session.tsx'
import { Switch } from './switch.tsx'
import { texts } from './texts.ts'
import { ThemeSwitch } from './theme-switch.tsx'
import { TopBar } from './top-bar.tsx'
import './screens.css'
import './sheets/sheet.css'

export function SettingsScreen() {
  const { user } = useSession()
  const client = useQueryClient()
  const [displayName, setDisplayName] = useState(user.displayName)
  const [statusMessage, setStatusMessage] = useState(user.statusMessage ?? '')
  const [said, say] = useState('')

  const change = async (what: UserChange) => {
    try {
      await changeUser(user.userId, what)
      await client.invalidateQueries()
      say(texts.saved)
    } catch (error) {
      say(error instanceof Error ? error.message : texts.somethingBroke)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void change({ displayName: displayName.trim(), statusMessage: statusMessage.trim() || null })
  }
  return (
    <>
      <TopBar back={{ to: chatListPath(user.userId), label: texts.backToChats }}>
        <div className="top-bar-titles">
          <h1 className="top-bar-title">{texts.settings}</h1>
          <p className="top-bar-subtitle">{texts.phoneOf(user.displayName)}</p>
        </div>
      </TopBar>
      <div className="screen">
        <form className="choices" onSubmit={submit}>
          <label className="field">
            {texts.displayName}
            <input
              required
              maxLength={100}
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          </label>
          <label className="field">
            {texts.statusMessage}
            <input maxLength={500} value={statusMessage} onChange={(event) => setStatusMessage(event.target.value)} />
          </label>
          <button type="submit" className="button button-quiet">
            {texts.save}
          </button>
        </form>
        <h2 className="screen-heading">{texts.privacy}</h2>
        <Switch
          label={texts.useBeacon}
          hint={texts.useBeaconHint}
          on={user.useBeacon === true}
          onChange={(useBeacon) => void change({ useBeacon })}
        />
        <Switch
          label={texts.consent}
          hint={texts.consentHint}
          on={user.consent !== false}
          onChange={(consent) => void change({ consent })}
        />
        <h2 className="screen-heading">{texts.theme}</h2>
        <ThemeSwitch />
        <p className="sheet-hint" role="status">
          {said}
        </p>
      </div>
    </>
  )
}
