// Choosing a place to send: some to begin with, the person's own fields, and where the browser says the person is.
import { type FormEvent, useState } from 'react'
import type { Place } from '../acts-api.ts'
import { PinIcon } from '../icons.tsx'
import { MapDrawing } from '../kinds/map-drawing.tsx'
import { texts } from '../texts.ts'
import { Sheet } from './sheet.tsx'

const PLACES: readonly Required<Place>[] = [
  { title: 'Osanbashi Pier', address: '1-1-4 Kaigandori, Naka-ku, Yokohama', latitude: 35.45155, longitude: 139.6478 },
  { title: '東京駅', address: '東京都千代田区丸の内1丁目', latitude: 35.68124, longitude: 139.76713 },
  { title: 'ท่าเรือสาทร', address: 'บางรัก กรุงเทพมหานคร', latitude: 13.71884, longitude: 100.51257 },
  { title: '外滩', address: '上海市黄浦区中山东一路', latitude: 31.23979, longitude: 121.49055 },
]

export function PlaceSheet({ onPick, close }: { onPick: (place: Place) => void; close: () => void }) {
  const [first] = PLACES
  const [fields, setFields] = useState(() => ({
    title: first?.title ?? '',
    address: first?.address ?? '',
    latitude: String(first?.latitude ?? 0),
    longitude: String(first?.longitude ?? 0),
  }))
  const latitude = Number(fields.latitude)
  const longitude = Number(fields.longitude)
  const isSound = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  const submit = (event: FormEvent) => {
    event.preventDefault()
    close()
    const { title, address } = fields
    onPick({ ...(title !== '' && { title }), ...(address !== '' && { address }), latitude, longitude })
  }
  const put = (name: keyof typeof fields, kind: 'text' | 'number', most: number) => (
    <label className="field">
      {texts.placeFields[name]}
      <input
        type={kind}
        value={fields[name]}
        required={kind === 'number'}
        {...(kind === 'number' ? { min: -most, max: most, step: 'any' } : { maxLength: most })}
        onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
      />
    </label>
  )
  return (
    <Sheet title={texts.actions.location} close={close} size="full">
      <div className="place-card-map">{isSound && <MapDrawing latitude={latitude} longitude={longitude} />}</div>
      <form className="choices" onSubmit={submit}>
        {put('title', 'text', 100)}
        {put('address', 'text', 100)}
        <div className="sheet-row">
          {put('latitude', 'number', 90)}
          {put('longitude', 'number', 180)}
        </div>
        <button type="submit" className="button" disabled={!isSound}>
          {texts.sendPlace}
        </button>
      </form>
      <ul className="choices" aria-label={texts.places}>
        {PLACES.map((place) => (
          <li key={place.title}>
            <button
              type="button"
              className="choice"
              onClick={() =>
                setFields({ ...place, latitude: String(place.latitude), longitude: String(place.longitude) })
              }
            >
              <PinIcon />
              <span className="choice-text">
                <span>{place.title}</span>
                <span className="choice-hint">{place.address}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
