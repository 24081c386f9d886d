// The camera and the camera roll. Both have pictures of their own to try with, drawn here, and take files of the person's.
import { useEffect, useState } from 'react'
import { CheckIcon } from '../icons.tsx'
import { texts } from '../texts.ts'
import { drawPicture } from './draw-picture.ts'
import { Sheet } from './sheet.tsx'

interface PicturesSheetProps {
  from: 'camera' | 'roll'
  onPick: (files: readonly File[]) => void
  close: () => void
}

const IN_ROLL = 6
/** LINE reference, "Message event", imageSet. unconfirmed: as many as LINE's apps send at once. */
const MOST_AT_ONCE = 20

export function PicturesSheet({ from, onPick, close }: PicturesSheetProps) {
  const pictures = useDrawn(from === 'camera' ? 1 : IN_ROLL)
  const [chosen, setChosen] = useState<readonly number[]>([])
  const pick = (files: readonly File[]) => {
    if (files.length === 0) return
    close()
    onPick(files.slice(0, from === 'camera' ? 1 : MOST_AT_ONCE))
  }
  const toggle = (number: number) =>
    setChosen(chosen.includes(number) ? chosen.filter((other) => other !== number) : [...chosen, number])
  const [first] = pictures
  return (
    <Sheet title={from === 'camera' ? texts.actions.camera : texts.actions.cameraRoll} close={close}>
      {from === 'camera' ? (
        first !== undefined && (
          <>
            <img className="viewfinder" src={first.url} alt={texts.viewfinder} />
            <button type="button" className="shutter" aria-label={texts.shutter} onClick={() => pick([first.file])} />
          </>
        )
      ) : (
        <>
          <div className="roll">
            {pictures.map(({ url }, number) => (
              <label key={url}>
                <input
                  type="checkbox"
                  className="visually-hidden"
                  checked={chosen.includes(number)}
                  onChange={() => toggle(number)}
                />
                <img src={url} alt={texts.pictureNumber(number + 1)} />
                {chosen.includes(number) && (
                  <span className="roll-mark">
                    <CheckIcon />
                  </span>
                )}
              </label>
            ))}
          </div>
          <button
            type="button"
            className="button"
            disabled={chosen.length === 0}
            onClick={() => pick(chosen.flatMap((number) => pictures[number]?.file ?? []))}
          >
            {texts.sendPictures(chosen.length)}
          </button>
        </>
      )}
      <label className="field">
        {texts.ownPictures}
        <input
          type="file"
          accept="image/*"
          multiple={from === 'roll'}
          capture={from === 'camera' ? 'environment' : undefined}
          onChange={(event) => pick([...(event.target.files ?? [])])}
        />
      </label>
    </Sheet>
  )
}

interface Drawn {
  file: File
  url: string
}

function useDrawn(count: number): Drawn[] {
  const [drawn, setDrawn] = useState<Drawn[]>([])
  useEffect(() => {
    let isGone = false
    let made: Drawn[] = []
    void Promise.all(Array.from({ length: count }, (_, number) => drawPicture(number))).then((files) => {
      if (isGone) return
      made = files.map((file) => ({ file, url: URL.createObjectURL(file) }))
      setDrawn(made)
    })
    return () => {
      isGone = true
      for (const { url } of made) URL.revokeObjectURL(url)
    }
  }, [count])
  return drawn
}
