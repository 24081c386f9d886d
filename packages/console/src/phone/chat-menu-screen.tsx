// What can be done with a chat as a whole: with a bot its friendship and QR code, with a group or room who is in it.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { type Group, inviteInto, leaveGroup, removeFrom } from './acts-api.ts'
import { Avatar } from './avatar.tsx'
import type { BotChannel, Friendship } from './control-api.ts'
import { AddFriendIcon, BlockIcon, CloseIcon, LeaveIcon } from './icons.tsx'
import { Failure, Loading } from './notice.tsx'
import { chatListPath, chatPath } from './paths.ts'
import { QrCode } from './qr-code.tsx'
import { useChats, useGroup } from './queries.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'
import { TopBar } from './top-bar.tsx'
import { useFriendship } from './use-friendship.ts'
import './screens.css'
import './sheets/sheet.css'

export function ChatMenuScreen() {
  const { chatId = '' } = useParams()
  const { user, state } = useSession()
  const { data: chats } = useChats(user.userId)
  const [said, say] = useState('')
  const bot = state.channels.find(({ botUserId }) => botUserId === chatId)
  const group = useGroup(chatId, bot === undefined)
  const chat = chats?.find((other) => other.chatId === chatId)
  return (
    <>
      <TopBar back={{ to: chatPath(user.userId, chatId), label: texts.back }}>
        <div className="top-bar-titles">
          <h1 className="top-bar-title">{chat?.title ?? bot?.displayName ?? texts.chatMenu}</h1>
        </div>
      </TopBar>
      <div className="screen">
        {bot !== undefined ? (
          <BotMenu bot={bot} friendship={chat?.friendship ?? 'none'} say={say} />
        ) : group.data !== undefined ? (
          <GroupMenu group={group.data} say={say} />
        ) : group.error ? (
          <Failure error={group.error} retry={group.refetch} />
        ) : (
          <Loading />
        )}
        <p className="sheet-hint" role="status">
          {said}
        </p>
      </div>
    </>
  )
}

interface Saying {
  say: (words: string) => void
}

function BotMenu({ bot, friendship, say }: Saying & { bot: BotChannel; friendship: Friendship }) {
  const change = useFriendship(bot.botUserId, say)
  return (
    <>
      <QrCode text={bot.addFriendUrl} label={texts.qrCodeOf(bot.displayName)} />
      <p className="sheet-hint">{bot.about.description ?? texts.qrHint}</p>
      <div className="screen-acts">
        {friendship === 'friend' && (
          <button type="button" className="choice choice-grave" onClick={() => void change('block')}>
            <BlockIcon />
            {texts.block}
          </button>
        )}
        {friendship === 'blocked' && (
          <button type="button" className="choice" onClick={() => void change('unblock')}>
            <BlockIcon />
            {texts.unblock}
          </button>
        )}
        {friendship === 'none' && (
          <button type="button" className="choice" onClick={() => void change('add')}>
            <AddFriendIcon />
            {texts.addFriend}
          </button>
        )}
      </div>
    </>
  )
}

function GroupMenu({ group, say }: Saying & { group: Group }) {
  const { user, state } = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { chatId, kind, members, invited, bot } = group
  const inside = new Set([...members, ...invited].map(({ userId }) => userId))
  const outside = state.users.filter(({ userId, providerId }) => providerId === user.providerId && !inside.has(userId))
  const bots = bot === undefined ? state.channels.filter(({ providerId }) => providerId === user.providerId) : []

  const act = async (what: () => Promise<{ notSent?: string }>) => {
    try {
      const { notSent } = await what()
      say(notSent === undefined ? '' : texts.botNotTold(notSent))
      await client.invalidateQueries()
      return true
    } catch (error) {
      say(error instanceof Error ? error.message : texts.somethingBroke)
      return false
    }
  }
  const leave = async () => {
    if (await act(() => leaveGroup(user.userId, chatId))) void navigate(chatListPath(user.userId))
  }
  const remove = (whom: { userId?: string; botUserId?: string }) =>
    void act(() => removeFrom(user.userId, chatId, whom))
  const invite = (whom: { userIds?: string[]; botUserId?: string }) =>
    void act(() => inviteInto(user.userId, chatId, whom))
  return (
    <>
      <h2 className="screen-heading">{texts.memberCount(members.length)}</h2>
      <ul>
        {bot !== undefined && (
          <li className="person">
            <Avatar id={bot.botUserId} name={bot.displayName} shape="bot" />
            <span className="person-name">{bot.displayName}</span>
            <RemoveButton name={bot.displayName} onClick={() => remove({ botUserId: bot.botUserId })} />
          </li>
        )}
        {[...members, ...invited].map(({ userId, displayName, pictureUrl }) => (
          <li key={userId} className="person">
            <Avatar id={userId} name={displayName} pictureUrl={pictureUrl} shape="person" />
            <span className="person-name">
              {displayName}
              {userId === user.userId && ` (${texts.you})`}
              {members.every((member) => member.userId !== userId) && ` (${texts.invited})`}
            </span>
            {userId !== user.userId && <RemoveButton name={displayName} onClick={() => remove({ userId })} />}
          </li>
        ))}
      </ul>
      {(outside.length > 0 || bots.length > 0) && <h2 className="screen-heading">{texts.invite}</h2>}
      <div className="screen-acts">
        {bots.map(({ botUserId, displayName }) => (
          <button type="button" key={botUserId} className="choice" onClick={() => invite({ botUserId })}>
            <Avatar id={botUserId} name={displayName} shape="bot" />
            {texts.inviteName(displayName)}
          </button>
        ))}
        {outside.slice(0, 50).map(({ userId, displayName, pictureUrl }) => (
          <button type="button" key={userId} className="choice" onClick={() => invite({ userIds: [userId] })}>
            <Avatar id={userId} name={displayName} pictureUrl={pictureUrl} shape="person" />
            {texts.inviteName(displayName)}
          </button>
        ))}
        <button type="button" className="choice choice-grave" onClick={() => void leave()}>
          <LeaveIcon />
          {texts.leave[kind]}
        </button>
      </div>
    </>
  )
}

function RemoveButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={texts.removeName(name)}
      title={texts.removeName(name)}
      onClick={onClick}
    >
      <CloseIcon />
    </button>
  )
}
