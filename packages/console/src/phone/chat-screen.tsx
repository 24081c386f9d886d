// One chat: its messages, and the line to write in.
import type { KeyboardEvent } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { Avatar } from './avatar.tsx'
import { ChatLog } from './chat-log.tsx'
import { Composer } from './composer.tsx'
import { InfoIcon } from './icons.tsx'
import { summaryOf } from './message-kinds.ts'
import { Failure, Loading } from './notice.tsx'
import { aboutPath, chatListPath } from './paths.ts'
import { useChats, useHistory } from './queries.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'
import { TopBar } from './top-bar.tsx'
import { usePageTitle } from './use-page-title.ts'
import './chat-screen.css'

export function ChatScreen() {
  const { chatId = '' } = useParams()
  return <Chat key={chatId} chatId={chatId} />
}

function Chat({ chatId }: { chatId: string }) {
  const { user, state, outbox, lastReceived } = useSession()
  const navigate = useNavigate()
  const chats = useChats(user.userId)
  const history = useHistory(user.userId, chatId)
  const chat = chats.data?.find((other) => other.chatId === chatId)
  const bot = state.channels.find((channel) => channel.botUserId === chatId)
  const title = chat?.title ?? bot?.displayName ?? ''
  usePageTitle(title, chats.data)

  const toList = { to: chatListPath(user.userId), label: texts.backToChats, state: { from: chatId } }
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) void navigate(toList.to, { state: toList.state })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a shortcut for the back link, for whatever has the focus
    <div className="chat" onKeyDown={leaveOnEscape}>
      <TopBar back={toList}>
        <Avatar id={chatId} name={title} pictureUrl={chat?.pictureUrl} shape={bot === undefined ? 'person' : 'bot'} />
        <div className="top-bar-titles">
          <h1 className="top-bar-title">{title}</h1>
          {bot !== undefined && <p className="top-bar-subtitle">{bot.basicId}</p>}
        </div>
        <Link
          className="icon-button only-narrow"
          to={aboutPath(user.userId, chatId)}
          aria-label={texts.about}
          title={texts.about}
        >
          <InfoIcon />
        </Link>
      </TopBar>
      {history.data !== undefined ? (
        <>
          <ChatLog chatId={chatId} title={title} history={history} />
          <Composer name={title} onSend={(text) => outbox.submit(chatId, text)} />
        </>
      ) : history.error === null ? (
        <Loading />
      ) : (
        <Failure error={history.error} retry={history.refetch} />
      )}
      <p className="visually-hidden" role="status">
        {lastReceived?.chatId === chatId &&
          texts.newMessageFrom(lastReceived.from.displayName, summaryOf(lastReceived.message))}
      </p>
    </div>
  )
}
