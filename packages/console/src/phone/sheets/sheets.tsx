// Whatever lies over the chat, by what was asked for.
import { useState } from 'react'
import { destinationOf } from '../addresses.ts'
import { type SheetRequest, useChatActs } from '../chat-acts.ts'
import type { ChatMessage } from '../control-api.ts'
import { CallIcon, CopyIcon, InfoIcon, LockIcon, QuoteIcon, UnsendIcon } from '../icons.tsx'
import { formatPosition } from '../kinds/cards.tsx'
import { MapDrawing } from '../kinds/map-drawing.tsx'
import { kindName } from '../message-kinds.ts'
import { useSession } from '../session.tsx'
import { texts } from '../texts.ts'
import { BeaconSheet } from './beacon-sheet.tsx'
import { PickerSheet } from './picker-sheet.tsx'
import { PicturesSheet } from './pictures-sheet.tsx'
import { PlaceSheet } from './place-sheet.tsx'
import { Sheet } from './sheet.tsx'

interface SheetsProps {
  request: SheetRequest
  botUserId: string | undefined
  close: () => void
}

export function Sheets({ request, botUserId, close }: SheetsProps) {
  switch (request.kind) {
    case 'browser':
      return <BrowserSheet url={request.url} close={close} />
    case 'dial':
      return <DialSheet number={request.number} close={close} />
    case 'map': {
      const { place } = request
      return (
        <Sheet title={place.title || texts.kinds.location} close={close}>
          <div className="map-large">
            <MapDrawing {...place} />
          </div>
          {place.address !== undefined && <p>{place.address}</p>}
          <p className="sheet-hint">{formatPosition(place)}</p>
          <a
            className="button button-quiet"
            href={`https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}`}
            target="_blank"
            rel="noreferrer noopener"
          >
            {texts.openInMaps}
          </a>
        </Sheet>
      )
    }
    case 'picker':
      return <PickerSheet {...request} close={close} />
    case 'pictures':
      return <PicturesSheet from={request.from} onPick={request.onPick} close={close} />
    case 'place':
      return <PlaceSheet onPick={request.onPick} close={close} />
    case 'beacon':
      return <BeaconSheet botUserId={botUserId} close={close} />
    case 'picture':
      return (
        <Sheet title={texts.kinds.image} close={close} size="full">
          <img className="view-picture" src={request.url} alt={texts.openedPicture} />
        </Sheet>
      )
    case 'film':
      return <FilmSheet {...request} close={close} />
    case 'menu':
      return <MenuSheet message={request.message} close={close} />
    case 'details':
      return <DetailsSheet message={request.message} close={close} />
    default:
      return request satisfies never
  }
}

interface Closable {
  close: () => void
}

function BrowserSheet({ url, close }: Closable & { url: string }) {
  const destination = destinationOf(url)
  return (
    <Sheet title={URL.canParse(url) ? new URL(url).host || texts.otherApp : texts.otherApp} close={close} size="full">
      <p className="browser-bar">
        {url.startsWith('https:') && <LockIcon />}
        <span>{url}</span>
      </p>
      {destination.kind === 'browser' ? (
        <>
          {/* Sandboxed without an origin of its own: a page of a stranger reaches nothing of ours. */}
          <iframe
            className="browser-page"
            src={url}
            title={texts.pageAt(url)}
            sandbox="allow-scripts allow-forms"
            referrerPolicy="no-referrer"
          />
          <p className="sheet-hint">{texts.framesRefused}</p>
          <a className="button button-quiet" href={url} target="_blank" rel="noreferrer noopener">
            {texts.openInTab}
          </a>
        </>
      ) : (
        <p className="sheet-hint">{texts.otherAppHint}</p>
      )}
    </Sheet>
  )
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

function DialSheet({ number, close }: Closable & { number: string }) {
  const [called, setCalled] = useState(false)
  return (
    <Sheet title={texts.dial} close={close}>
      <output className="dial-number" aria-label={texts.dialled}>
        {number}
      </output>
      <div className="dial-keys" aria-hidden="true">
        {KEYS.map((key) => (
          <span key={key}>{key}</span>
        ))}
      </div>
      <button type="button" className="button dial-call" onClick={() => setCalled(true)}>
        <CallIcon /> <span className="visually-hidden">{texts.call}</span>
      </button>
      <p className="sheet-hint" role="status">
        {called && texts.calledNobody}
      </p>
    </Sheet>
  )
}

type FilmRequest = Extract<SheetRequest, { kind: 'film' }>

function FilmSheet({ message, url, posterUrl, close }: Closable & Omit<FilmRequest, 'kind'>) {
  const acts = useChatActs()
  const [isBroken, setBroken] = useState(false)
  const isTracked = typeof message.message.trackingId === 'string'
  return (
    <Sheet title={texts.kinds.video} close={close} size="full">
      {/* biome-ignore lint/a11y/useMediaCaption: what somebody sends has no captions */}
      <video
        className="view-film"
        src={url}
        poster={posterUrl}
        controls
        autoPlay
        playsInline
        onEnded={() => acts.watched(message)}
        onError={() => setBroken(true)}
      />
      {isBroken && <p role="alert">{texts.cannotPlay}</p>}
      {isTracked && (
        <>
          <p className="sheet-hint">{texts.filmIsTracked}</p>
          {isBroken && (
            <button type="button" className="button button-quiet" onClick={() => acts.watched(message)}>
              {texts.asIfWatched}
            </button>
          )}
        </>
      )}
    </Sheet>
  )
}

function MenuSheet({ message, close }: Closable & { message: ChatMessage }) {
  const { user } = useSession()
  const acts = useChatActs()
  const { message: content, from, unsent } = message
  const { text } = content
  const isQuotable = !['audio', 'file', 'location'].includes(content.type) && unsent === undefined
  const choose = (act: () => void) => () => {
    close()
    act()
  }
  return (
    <Sheet title={kindName(content)} close={close}>
      <div className="choices">
        {isQuotable && (
          <button type="button" className="choice" onClick={choose(() => acts.quote(message))}>
            <QuoteIcon />
            {texts.quote}
          </button>
        )}
        {text !== undefined && (
          <button
            type="button"
            className="choice"
            onClick={choose(() => {
              void navigator.clipboard?.writeText(text).then(() => acts.say(texts.copied))
            })}
          >
            <CopyIcon />
            {texts.copyText}
          </button>
        )}
        {from.id === user.userId && unsent === undefined && (
          <button type="button" className="choice choice-grave" onClick={choose(() => acts.takeBack(message))}>
            <UnsendIcon />
            {texts.unsend}
          </button>
        )}
        <button type="button" className="choice" onClick={() => acts.open({ kind: 'details', message })}>
          <InfoIcon />
          {texts.details}
        </button>
      </div>
    </Sheet>
  )
}

function DetailsSheet({ message, close }: Closable & { message: ChatMessage }) {
  const { altText } = message.message
  const kind = kindName(message.message)
  return (
    <Sheet title={texts.detailsOf(kind)} close={close} size="full">
      {altText !== undefined && (
        <div>
          <p className="sheet-hint">{texts.altText}</p>
          <p>{altText}</p>
        </div>
      )}
      <div>
        <p className="sheet-hint">{texts.messageId}</p>
        <p>{message.id}</p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="details-json" tabIndex={0} aria-label={texts.jsonOf(kind)}>
        <pre>{JSON.stringify(message.message, null, 2)}</pre>
      </section>
    </Sheet>
  )
}
