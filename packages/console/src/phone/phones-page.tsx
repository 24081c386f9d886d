// Up to four phones side by side: people who talk with each other and with bots in one window.
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { MemoryRouter, Outlet, Route, Routes } from 'react-router'
import { createUser } from './acts-api.ts'
import type { ControlState, UserProfile } from './control-api.ts'
import { Device } from './device.tsx'
import { CloseIcon } from './icons.tsx'
import { Failure, Loading } from './notice.tsx'
import { chatListPath, MOST_PHONES, phonesPath } from './paths.ts'
import { phoneScreens } from './phone-screens.tsx'
import { useControlState } from './queries.ts'
import { Session } from './session.tsx'
import { texts } from './texts.ts'
import './phones-page.css'
import './sheets/sheet.css'

export function PhonesPage() {
  const { data: state, error, dataUpdatedAt, refetch } = useControlState()
  const [userIds, setUserIds] = useState(readUserIds)
  useEffect(() => {
    document.title = `${texts.phones} · ${texts.productName}`
    window.history.replaceState(null, '', phonesPath(userIds))
  }, [userIds])
  if (state === undefined) return error ? <Failure error={error} retry={refetch} /> : <Loading />
  const shown = userIds.flatMap((userId) => state.users.find((user) => user.userId === userId) ?? [])
  const others = state.users.filter(({ userId }) => !userIds.includes(userId))
  const lastUserId = shown.at(-1)?.userId
  const providerId = (shown[0] ?? state.users[0])?.providerId
  return (
    <main className="phones" aria-label={texts.phones}>
      {shown.map((user) => (
        <section key={user.userId} className="phones-one" aria-label={texts.phoneOf(user.displayName)}>
          <div className="phones-bar">
            <h2 className="panel-heading">{user.displayName}</h2>
            {shown.length > 1 && (
              <button
                type="button"
                className="icon-button"
                aria-label={texts.closePhone(user.displayName)}
                title={texts.closePhone(user.displayName)}
                onClick={() => setUserIds(userIds.filter((userId) => userId !== user.userId))}
              >
                <CloseIcon />
              </button>
            )}
          </div>
          <OnePhone user={user} state={state} stateReadAtMs={dataUpdatedAt} />
        </section>
      ))}
      <div className="phones-side">
        {shown.length < MOST_PHONES && others.length > 0 && (
          <label className="panel-switch">
            {texts.oneMorePhone}
            <select
              value=""
              onChange={(event) => setUserIds([...shown.map(({ userId }) => userId), event.target.value])}
            >
              <option value="" disabled>
                {texts.choose}
              </option>
              {others.map((user) => (
                <option key={user.userId} value={user.userId}>
                  {user.displayName}
                </option>
              ))}
            </select>
          </label>
        )}
        {shown.length < MOST_PHONES && providerId !== undefined && (
          <NewPerson
            providerId={providerId}
            onMade={(userId) => setUserIds([...shown.map((user) => user.userId), userId])}
          />
        )}
        <a href={lastUserId === undefined ? '/' : chatListPath(lastUserId)}>{texts.back}</a>
      </div>
    </main>
  )
}

function NewPerson({ providerId, onMade }: { providerId: string; onMade: (userId: string) => void }) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [failure, setFailure] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const { userId } = await createUser(providerId, name.trim())
      await client.invalidateQueries({ queryKey: ['state'] })
      setName('')
      setFailure('')
      onMade(userId)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : texts.somethingBroke)
    }
  }
  return (
    <form className="choices" onSubmit={(event) => void submit(event)}>
      <label className="field">
        {texts.newPerson}
        <input required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <button type="submit" className="button button-quiet">
        {texts.add}
      </button>
      <p role="alert">{failure}</p>
    </form>
  )
}

interface OnePhoneProps {
  user: UserProfile
  state: ControlState
  stateReadAtMs: number
}

function OnePhone({ user, state, stateReadAtMs }: OnePhoneProps) {
  return (
    <Session user={user} state={state} stateReadAtMs={stateReadAtMs} isAlone={false}>
      <MemoryRouter initialEntries={[chatListPath(user.userId)]}>
        <Routes>
          <Route
            path="users/:userId"
            element={
              <Device isAlone={false}>
                <Outlet />
              </Device>
            }
          >
            {phoneScreens}
          </Route>
        </Routes>
      </MemoryRouter>
    </Session>
  )
}

function readUserIds(): string[] {
  const asked = new URLSearchParams(window.location.search).getAll('user')
  return [...new Set(asked)].slice(0, MOST_PHONES)
}
