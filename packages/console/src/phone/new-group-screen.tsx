// Making a group or a room: who stands in it, and which bot.
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { createGroup } from './acts-api.ts'
import { Avatar } from './avatar.tsx'
import { chatListPath, chatPath } from './paths.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'
import { TopBar } from './top-bar.tsx'
import './screens.css'
import './sheets/sheet.css'

const MOST_SHOWN = 200

export function NewGroupScreen() {
  const { user, state } = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [kind, setKind] = useState<'group' | 'room'>('group')
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [botUserId, setBotUserId] = useState('')
  const [said, say] = useState('')
  const others = state.users.filter(
    ({ userId, providerId }) => providerId === user.providerId && userId !== user.userId,
  )
  const bots = state.channels.filter(({ providerId }) => providerId === user.providerId)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const { chatId } = await createGroup(user.userId, {
        kind,
        ...(kind === 'group' && name.trim() !== '' && { name: name.trim() }),
        members: kind === 'room' ? [...chosen] : [],
        invite: kind === 'group' ? [...chosen] : [],
        ...(botUserId !== '' && { botUserId }),
      })
      await client.invalidateQueries()
      void navigate(chatPath(user.userId, chatId))
    } catch (error) {
      say(error instanceof Error ? error.message : texts.somethingBroke)
      await client.invalidateQueries()
    }
  }
  return (
    <>
      <TopBar back={{ to: chatListPath(user.userId), label: texts.backToChats }}>
        <div className="top-bar-titles">
          <h1 className="top-bar-title">{texts.newGroup}</h1>
        </div>
      </TopBar>
      <form className="screen" onSubmit={(event) => void submit(event)}>
        <fieldset className="segments">
          <legend className="visually-hidden">{texts.groupKind}</legend>
          {(['group', 'room'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
              {texts.groupKinds[one]}
            </label>
          ))}
        </fieldset>
        {kind === 'group' && (
          <label className="field">
            {texts.groupName}
            <input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          </label>
        )}
        <h2 className="screen-heading">{texts.people}</h2>
        {others.length === 0 && <p className="sheet-hint">{texts.nobodyElse}</p>}
        {others.slice(0, MOST_SHOWN).map(({ userId, displayName, pictureUrl }) => (
          <label key={userId} className="person">
            <Avatar id={userId} name={displayName} pictureUrl={pictureUrl} shape="person" />
            <span className="person-name">{displayName}</span>
            <input
              type="checkbox"
              checked={chosen.includes(userId)}
              onChange={() =>
                setChosen(chosen.includes(userId) ? chosen.filter((other) => other !== userId) : [...chosen, userId])
              }
            />
          </label>
        ))}
        <label className="field">
          {texts.theBot}
          <select value={botUserId} onChange={(event) => setBotUserId(event.target.value)}>
            <option value="">{texts.noBot}</option>
            {bots.map((bot) => (
              <option key={bot.botUserId} value={bot.botUserId}>
                {bot.displayName}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button">
          {texts.make}
        </button>
        <p role="alert">{said}</p>
      </form>
    </>
  )
}
