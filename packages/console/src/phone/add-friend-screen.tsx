// Adding a bot: found by name, @id or link, or by its QR code.
import { type ChangeEvent, useState } from 'react'
import { Link } from 'react-router'
import { Avatar } from './avatar.tsx'
import type { BotChannel } from './control-api.ts'
import { findBots } from './find-bots.ts'
import { ForwardIcon, QrIcon } from './icons.tsx'
import { chatListPath, chatPath } from './paths.ts'
import { QrCode, readQrCode } from './qr-code.tsx'
import { useChats } from './queries.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'
import { TopBar } from './top-bar.tsx'
import { useFriendship } from './use-friendship.ts'
import './screens.css'
import './sheets/sheet.css'

export function AddFriendScreen() {
  const { user, state } = useSession()
  const [typed, setTyped] = useState('')
  const [said, say] = useState('')
  const inReach = state.channels.filter(({ providerId }) => providerId === user.providerId)
  const found = findBots(inReach, typed)

  const scan = async (event: ChangeEvent<HTMLInputElement>) => {
    const [picture] = event.target.files ?? []
    event.target.value = ''
    if (picture === undefined) return
    const text = await readQrCode(picture)
    setTyped(text ?? '')
    say(text === undefined ? texts.noQrCode : texts.qrCodeRead)
  }
  return (
    <>
      <TopBar back={{ to: chatListPath(user.userId), label: texts.backToChats }}>
        <div className="top-bar-titles">
          <h1 className="top-bar-title">{texts.addFriends}</h1>
        </div>
      </TopBar>
      <div className="screen">
        <label className="field">
          {texts.findBot}
          <input type="search" value={typed} maxLength={500} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <label className="scan">
          <QrIcon />
          {texts.scanQr}
          <input type="file" accept="image/*" className="visually-hidden" onChange={(event) => void scan(event)} />
        </label>
        <p className="sheet-hint" role="status">
          {said}
        </p>
        {found.length === 0 && <p className="screen-empty">{texts.noBotFound}</p>}
        <ul className="found">
          {found.map((channel) => (
            <FoundBot key={channel.channelId} channel={channel} say={say} />
          ))}
        </ul>
      </div>
    </>
  )
}

function FoundBot({ channel, say }: { channel: BotChannel; say: (words: string) => void }) {
  const { user } = useSession()
  const { data: chats } = useChats(user.userId)
  const [showsCode, setShowsCode] = useState(false)
  const { botUserId, displayName, basicId, about, addFriendUrl } = channel
  const change = useFriendship(botUserId, say)
  const friendship = chats?.find(({ chatId }) => chatId === botUserId)?.friendship ?? 'none'
  return (
    <li className="found-bot">
      <div className="found-row">
        <Avatar id={botUserId} name={displayName} pictureUrl={about.iconUrl} shape="bot" size="large" />
        <div className="choice-text">
          <span className="found-name">{displayName}</span>
          <span className="choice-hint">{about.premiumId ?? basicId}</span>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-expanded={showsCode}
          aria-label={texts.qrCodeOf(displayName)}
          title={texts.qrCodeOf(displayName)}
          onClick={() => setShowsCode(!showsCode)}
        >
          <QrIcon />
        </button>
        {friendship === 'friend' ? (
          <Link
            className="icon-button"
            to={chatPath(user.userId, botUserId)}
            aria-label={texts.openChatWith(displayName)}
            title={texts.openChatWith(displayName)}
          >
            <ForwardIcon />
          </Link>
        ) : (
          <button
            type="button"
            className="button"
            onClick={() => void change(friendship === 'blocked' ? 'unblock' : 'add')}
          >
            {friendship === 'blocked' ? texts.unblock : texts.add}
          </button>
        )}
      </div>
      {showsCode && (
        <figure className="found-code">
          <QrCode text={addFriendUrl} label={texts.qrCodeOf(displayName)} />
          <figcaption>{addFriendUrl}</figcaption>
        </figure>
      )}
    </li>
  )
}
