// Cards side by side, one after the other in view: by a swipe, by the wheel, by the buttons or by the Tab key.
import { Children, type ReactNode, useRef, useState } from 'react'
import { BackIcon, ForwardIcon } from '../icons.tsx'
import { texts } from '../texts.ts'

export function Carousel({ children }: { children: ReactNode }) {
  const track = useRef<HTMLUListElement>(null)
  const [shown, setShown] = useState(0)
  /** Where a button sends the list: what it passes on its way there is not shown as the place. */
  const goal = useRef<number>(undefined)
  const count = Children.count(children)

  const noteScroll = () => {
    const list = track.current
    const width = list?.firstElementChild?.getBoundingClientRect().width ?? 0
    if (list === null || width === 0) return
    if (goal.current !== undefined && Math.abs(list.scrollLeft - goal.current) > 2) return
    goal.current = undefined
    const atEnd = list.scrollLeft + list.clientWidth >= list.scrollWidth - 2
    setShown(atEnd ? count - 1 : Math.round(list.scrollLeft / width))
  }
  const go = (to: number) => {
    const list = track.current
    const card = list?.children[to]
    if (list == null || !(card instanceof HTMLElement)) return
    const left = Math.min(card.offsetLeft - list.offsetLeft, list.scrollWidth - list.clientWidth)
    goal.current = left
    list.scrollTo({ left })
    setShown(to)
  }
  const letGo = () => {
    goal.current = undefined
  }
  return (
    <div className="carousel">
      <ul
        className="carousel-track"
        ref={track}
        onScroll={noteScroll}
        onWheel={letGo}
        onPointerDown={letGo}
        onScrollEnd={() => {
          letGo()
          noteScroll()
        }}
      >
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
