// Cards side by side, one after the other in view: by a swipe, by the wheel, by the buttons or by the Tab key.
import { Children, type ReactNode, useRef, useState } from 'react'
import { BackIcon, ForwardIcon } from '../icons.tsx'
import { texts } from '../texts.ts'

export function Carousel({ children }: { children: ReactNode }) {
  const track = useRef<HTMLUListElement>(null)
  const [shown, setShown] = useState(0)
  const count = Children.count(children)

  const noteScroll = () => {
    const list = track.current
    const width = list?.firstElementChild?.getBoundingClientRect().width ?? 0
    if (list === null || width === 0) return
    const atEnd = list.scrollLeft + list.clientWidth >= list.scrollWidth - 2
    setShown(atEnd ? count - 1 : Math.round(list.scrollLeft / width))
  }
  const go = (to: number) => {
    const list = track.current
    const card = list?.children[to]
    if (list == null || !(card instanceof HTMLElement)) return
    list.scrollTo({ left: card.offsetLeft - list.offsetLeft })
    setShown(to)
  }
  return (
    <div className="carousel">
      <ul className="carousel-track" ref={track} onScroll={noteScroll}>
        {Children.map(children, (card, number) => (
          <li key={texts.cardOf(number + 1, count)} aria-label={texts.cardOf(number + 1, count)}>
            {card}
          </li>
        ))}
      </ul>
      {count > 1 && (
        <div className="carousel-steps">
          <button type="button" aria-label={texts.previousCard} disabled={shown === 0} onClick={() => go(shown - 1)}>
            <BackIcon />
          </button>
          <span>{`${shown + 1} / ${count}`}</span>
          <button type="button" aria-label={texts.nextCard} disabled={shown >= count - 1} onClick={() => go(shown + 1)}>
            <ForwardIcon />
          </button>
        </div>
      )}
    </div>
  )
}
