// Stickers and emoji to pick from: the phone's own set, any sticker of LINE's by its ids, and emoji for the text.
import { type FormEvent, useState } from 'react'
import { EmojiFace } from './kinds/emoji-face.tsx'
import { OWN_PACKAGE_ID, OWN_STICKERS, StickerArt } from './kinds/sticker-art.tsx'
import { OWN_EMOJIS } from './own-emojis.ts'
import { texts } from './texts.ts'

interface StickerPanelProps {
  onSticker: (sticker: { type: 'sticker'; packageId: string; stickerId: string; keywords?: string[] }) => void
  onWords: (words: string) => void
}

type Tab = 'stickers' | 'emoji' | 'ids'

const TABS: readonly Tab[] = ['stickers', 'emoji', 'ids']
const EMOJI = '😀 😂 🥹 😍 😎 🤔 😢 😡 👍 🙏 👏 🎉 ❤️ 🔥 ✨ 🕊️ 🚢 ⚓ 🌊 ☀️ 🌸 🍜 ☕ 🎁'.split(' ')

export function StickerPanel({ onSticker, onWords }: StickerPanelProps) {
  const [tab, setTab] = useState<Tab>('stickers')
  return (
    <section className="sticker-panel" aria-label={texts.stickersAndEmoji}>
      <div className="sticker-tabs">
        {TABS.map((name) => (
          <button type="button" key={name} aria-pressed={name === tab} onClick={() => setTab(name)}>
            {texts.stickerTabs[name]}
          </button>
        ))}
      </div>
      {tab === 'stickers' && (
        <div className="sticker-grid">
          {OWN_STICKERS.map(({ stickerId, keywords }) => (
            <button
              type="button"
              key={stickerId}
              onClick={() => onSticker({ type: 'sticker', packageId: OWN_PACKAGE_ID, stickerId, keywords })}
            >
              <StickerArt packageId={OWN_PACKAGE_ID} stickerId={stickerId} />
            </button>
          ))}
        </div>
      )}
      {tab === 'emoji' && (
        <div className="emoji-grid">
          {OWN_EMOJIS.map(({ name }) => (
            <button type="button" key={name} onClick={() => onWords(`(${name})`)}>
              <EmojiFace mood={name} words={name} />
            </button>
          ))}
          {EMOJI.map((emoji) => (
            <button type="button" key={emoji} onClick={() => onWords(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
      {tab === 'ids' && <AnySticker onSticker={onSticker} />}
    </section>
  )
}

function AnySticker({ onSticker }: Pick<StickerPanelProps, 'onSticker'>) {
  const [packageId, setPackageId] = useState('446')
  const [stickerId, setStickerId] = useState('1988')
  const isSound = /^\d{1,20}$/.test(packageId) && /^\d{1,20}$/.test(stickerId)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isSound) onSticker({ type: 'sticker', packageId, stickerId })
  }
  return (
    <form className="any-sticker" onSubmit={submit}>
      <StickerArt packageId={packageId} stickerId={stickerId} />
      <div className="choices">
        <label className="field">
          {texts.packageId}
          <input inputMode="numeric" value={packageId} onChange={(event) => setPackageId(event.target.value)} />
        </label>
        <label className="field">
          {texts.stickerId}
          <input inputMode="numeric" value={stickerId} onChange={(event) => setStickerId(event.target.value)} />
        </label>
        <button type="submit" className="button" disabled={!isSound}>
          {texts.sendSticker}
        </button>
      </div>
    </form>
  )
}
