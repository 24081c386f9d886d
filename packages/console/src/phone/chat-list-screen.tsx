// The list of chats: who wrote last, what, when, and how much of it is unread.

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { joinGroup } from './acts-api.ts'
import { Avatar } from './avatar.tsx'
import type { ChatSummary } from './control-api.ts'
import { formatWhen } from './days.ts'
import { AddFriendIcon, GearIcon, GroupIcon, InfoIcon } from './icons.tsx'
import { summaryOf } from './message-kinds.ts'
import { Failure, Loading, Notice } from './notice.tsx'
import { aboutPath, addFriendPath, chatPath, newGroupPath, settingsPath } from './paths.ts'
import { useChats } from './queries.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'
import { TopBar } from './top-bar.tsx'
import { usePageTitle } from './use-page-title.ts'
import './chat-list-screen.css'

export function ChatListScreen() {
  const { user } = useSession()
  const { data: chats, error, refetch } = useChats(user.userId)
  usePageTitle(user.displayName, chats)
  return (
    <>
      <TopBar>
        <Avatar id={user.userId} name={user.displayName} pictureUrl={user.pictureUrl} shape="person" />
        <div className="top-bar-titles">
          <h1 className="top-bar-title">{texts.chats}</h1>
          <p className="top-bar-subtitle">{texts.phoneOf(user.displayName)}</p>
        </div>
        <Link
          className="icon-button only-narrow"
          to={aboutPath(user.userId, undefined)}
          aria-label={texts.about}
          title={texts.about}
        >
          <InfoIcon />
        </Link>
        {[
          { to: addFriendPath(user.userId), label: texts.addFriends, icon: <AddFriendIcon /> },
          { to: newGroupPath(user.userId), label: texts.newGroup, icon: <GroupIcon /> },
          { to: settingsPath(user.userId), label: texts.settings, icon: <GearIcon /> },
        ].map(({ to, label, icon }) => (
          <Link key={to} className="icon-button" to={to} aria-label={label} title={label}>
            {icon}
          </Link>
        ))}
      </TopBar>
      {chats !== undefined ? (
        <ChatList chats={chats} />
      ) : error ? (
        <Failure error={error} retry={refetch} />
      ) : (
        <Loading />
      )}
      <p className="chat-list-foot only-narrow">{texts.notAffiliated}</p>
    </>
  )
}

function ChatList({ chats }: { chats: ChatSummary[] }) {
  if (chats.length === 0) return <Notice title={texts.noChats} hint={texts.noChatsHint} />
  const newestFirst = chats.toSorted((a, b) => (b.lastMessage?.sentAtMs ?? 0) - (a.lastMessage?.sentAtMs ?? 0))
  return (
    <ul className="chat-list">
      {newestFirst.map((chat) =>
        chat.invited === true ? (
          <Invitation key={chat.chatId} chat={chat} />
        ) : (
          <ChatRow key={chat.chatId} chat={chat} />
        ),
      )}
    </ul>
  )
}

function ChatRow({ chat }: { chat: ChatSummary }) {
  const { user, nowMs } = useSession()
  const link = useRef<HTMLAnchorElement>(null)
  const { state } = useLocation()
  const cameFromHere = state?.from === chat.chatId
  useEffect(() => {
    if (cameFromHere) link.current?.focus() // the keyboard goes on where it was
  }, [cameFromHere])

  const { lastMessage, unread } = chat
  return (
    <li>
      <Link ref={link} className="chat-row" to={chatPath(user.userId, chat.chatId)}>
        <Avatar
          id={chat.chatId}
          name={chat.title}
          pictureUrl={chat.pictureUrl}
          shape={chat.kind === 'user' ? 'bot' : 'person'}
          size="large"
        />
        <span className="chat-row-text">
          <span className="chat-row-title">{chat.title}</span>
          <span className="chat-row-last">
            {lastMessage === undefined
              ? texts.noMessagesYet
              : `${lastMessage.from.id === user.userId ? `${texts.you}: ` : ''}${summaryOf(lastMessage.message)}`}
          </span>
        </span>
        <span className="chat-row-side">
          {lastMessage !== undefined && (
            <time className="chat-row-when">{formatWhen(lastMessage.sentAtMs, nowMs())}</time>
          )}
          {chat.friendship === 'blocked' && <span className="chat-row-blocked">{texts.blocked}</span>}
          {unread > 0 && (
            <span className="unread">
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span className="visually-hidden">{texts.unread(unread)}</span>
            </span>
          )}
        </span>
      </Link>
    </li>
  )
}

/** A group that the user is asked into. */
function Invitation({ chat }: { chat: ChatSummary }) {
  const { user } = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const join = async () => {
    // One that is gone meanwhile goes from the list too.
    const joined = await joinGroup(user.userId, chat.chatId).then(
      () => true,
      () => false,
    )
    await client.invalidateQueries()
    if (joined) void navigate(chatPath(user.userId, chat.chatId))
  }
  return (
    <li className="chat-row">
      <Avatar id={chat.chatId} name={chat.title} pictureUrl={chat.pictureUrl} shape="person" size="large" />
      <span className="chat-row-text">
        <span className="chat-row-title">{chat.title}</span>
        <span className="chat-row-last">{texts.invitation}</span>
      </span>
      <button type="button" className="button" onClick={() => void join()}>
        {texts.join}
      </button>
    </li>
  )
}
