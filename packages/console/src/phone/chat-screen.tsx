// One chat: its messages, what lies over them, and the line to write in.
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { Avatar } from './avatar.tsx'
import { ChatActsContext } from './chat-acts.ts'
import { ChatLog } from './chat-log.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import type { ChatMessage, ChatSummary } from './control-api.ts'
import { InfoIcon, MenuIcon } from './icons.tsx'
import { QuickReplies } from './kinds/quick-replies.tsx'
import { summaryOf } from './message-kinds.ts'
import { Failure, Loading } from './notice.tsx'
import { aboutPath, chatListPath, chatMenuPath } from './paths.ts'
import { useChats, useGroup, useHistory } from './queries.ts'
import { useSession } from './session.tsx'
import { Sheets } from './sheets/sheets.tsx'
import { texts } from './texts.ts'
import { TopBar } from './top-bar.tsx'
import { useActs } from './use-acts.ts'
import { useFriendship } from './use-friendship.ts'
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
  const group = useGroup(chatId, bot === undefined).data
  const title = chat?.title ?? bot?.displayName ?? ''
  usePageTitle(title, chats.data)

  const [quoted, setQuoted] = useState<ChatMessage>()
  const composer = useRef<ComposerHandle>(null)
  const { acts, sheet, closeSheet, said } = useActs({
    onQuote: setQuoted,
    onKeyboard: (fillInText) => composer.current?.openKeyboard(fillInText),
  })
  const members = useMemo(
    () => group?.members.filter(({ userId }) => userId !== user.userId) ?? [],
    [group, user.userId],
  )

  const toList = { to: chatListPath(user.userId), label: texts.backToChats, state: { from: chatId } }
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) void navigate(toList.to, { state: toList.state })
  }
  const newest = history.data?.pages[0]?.messages.at(-1)
  return (
    <ChatActsContext value={acts}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape is a shortcut for the back link, for whatever has the focus */}
      <div className="chat" onKeyDown={leaveOnEscape}>
        {/* What a sheet covers can neither be tapped nor reached by the keyboard. */}
        <div className="chat-under" inert={sheet !== undefined}>
          <TopBar back={toList}>
            <Avatar
              id={chatId}
              name={title}
              pictureUrl={chat?.pictureUrl}
              shape={bot === undefined ? 'person' : 'bot'}
            />
            <div className="top-bar-titles">
              <h1 className="top-bar-title">{title}</h1>
              {bot !== undefined && <p className="top-bar-subtitle">{bot.basicId}</p>}
              {group !== undefined && <p className="top-bar-subtitle">{texts.memberCount(group.members.length)}</p>}
            </div>
            <Link
              className="icon-button only-narrow"
              to={aboutPath(user.userId, chatId)}
              aria-label={texts.about}
              title={texts.about}
            >
              <InfoIcon />
            </Link>
            <Link
              className="icon-button"
              to={chatMenuPath(user.userId, chatId)}
              aria-label={texts.chatMenu}
              title={texts.chatMenu}
            >
              <MenuIcon />
            </Link>
          </TopBar>
          {history.data !== undefined ? (
            <>
              <ChatLog chatId={chatId} title={title} isBot={bot !== undefined} history={history} />
              {newest?.from.kind === 'bot' && <QuickReplies key={newest.id} message={newest} />}
              {chat?.friendship === 'friend' || bot === undefined ? (
                <Composer
                  handle={composer}
                  name={title}
                  members={members}
                  quoted={quoted}
                  unquote={() => setQuoted(undefined)}
                  onSend={(draft) => outbox.submit(chatId, draft)}
                  onResend={() => outbox.resendLast(chatId)}
                />
              ) : (
                <NotAFriend chatId={chatId} friendship={chat?.friendship ?? 'none'} onTold={acts.say} />
              )}
            </>
          ) : history.error === null ? (
            <Loading />
          ) : (
            <Failure error={history.error} retry={history.refetch} />
          )}
        </div>
        {sheet !== undefined && (
          <Sheets request={sheet} botUserId={bot?.botUserId ?? group?.bot?.botUserId} close={closeSheet} />
        )}
        <p className="toast" role="status">
          {said !== undefined && <span>{said}</span>}
        </p>
        <p className="visually-hidden" role="status">
          {lastReceived?.chatId === chatId &&
            texts.newMessageFrom(lastReceived.from.displayName, summaryOf(lastReceived.message))}
        </p>
      </div>
    </ChatActsContext>
  )
}

interface NotAFriendProps {
  chatId: string
  friendship: NonNullable<ChatSummary['friendship']>
  onTold: (words: string) => void
}

function NotAFriend({ chatId, friendship, onTold }: NotAFriendProps) {
  const change = useFriendship(chatId, onTold)
  const isBlocked = friendship === 'blocked'
  return (
    <div className="not-a-friend">
      <p>{isBlocked ? texts.youBlocked : texts.notYetAFriend}</p>
      <button type="button" className="button" onClick={() => void change(isBlocked ? 'unblock' : 'add')}>
        {isBlocked ? texts.unblock : texts.addFriend}
      </button>
    </div>
  )
}
