// A map without a map service: streets, water and a pin, drawn from the coordinates alone, so always the same for the same
// place. It shows that a place was sent, not what lies there.
import { hashOf } from '../own-emojis.ts'

export function MapDrawing({ latitude, longitude }: { latitude: number; longitude: number }) {
  const hash = hashOf(`${latitude.toFixed(4)} ${longitude.toFixed(4)}`)
  const turn = (hash % 50) - 25
  const shore = 20 + (hash % 60)
  const shift = hash % 34
  return (
    <svg className="map-drawing" viewBox="0 0 240 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect className="map-land" width="240" height="120" />
      <g transform={`rotate(${turn} 120 60)`}>
        <path className="map-park" d={`M${150 - shift} ${10 + shift / 2}h56v40h-56z`} />
        <path
          className="map-street"
          d={`M-80 ${18 + shift / 2}H320M-80 ${52 + shift / 3}H320M-80 ${92 - shift / 4}H320M${30 + shift}-80V220M${96 + shift / 2}-80V220M${150 + shift / 3}-80V220M${206 - shift / 2}-80V220`}
        />
        <path className="map-avenue" d={`M-80 ${70 - shift / 2}Q90 ${40 + shift} 320 ${74 - shift / 3}`} />
        <path
          className="map-water"
          d={`M-90 ${140 - shore / 3}Q10 ${96 - shore / 6} 70 ${122 - shore / 5}T330 ${104 + shore / 6}V260H-90z`}
        />
      </g>
      <path className="map-pin" d="M120 70c-12-16-17-22-17-31a17 17 0 1 1 34 0c0 9-5 15-17 31z" />
      <circle className="map-pin-eye" cx="120" cy="39" r="6" />
    </svg>
  )
}
