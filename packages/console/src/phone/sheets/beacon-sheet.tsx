// A beacon near the phone: it comes, it goes, and its banner is tapped. LINE documentation, "LINE Beacon".
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type BeaconSignal, changeUser, meetBeacon } from '../acts-api.ts'
import { useChatActs } from '../chat-acts.ts'
import { BeaconIcon } from '../icons.tsx'
import { useSession } from '../session.tsx'
import { Switch } from '../switch.tsx'
import { texts } from '../texts.ts'
import { Sheet } from './sheet.tsx'

const HWID = /^[0-9a-f]{10}$/

export function BeaconSheet({ botUserId, close }: { botUserId: string | undefined; close: () => void }) {
  const { user } = useSession()
  const acts = useChatActs()
  const client = useQueryClient()
  const [hwid, setHwid] = useState('d41d8cd98f')
  const [deviceMessage, setDeviceMessage] = useState('')
  const isSound = HWID.test(hwid) && /^([0-9a-f]{2}){0,13}$/.test(deviceMessage) && botUserId !== undefined

  const meet = async (type: BeaconSignal['type']) => {
    if (botUserId === undefined) return
    const signal = { type, hwid, ...(deviceMessage !== '' && { dm: deviceMessage }) }
    try {
      const { notSent } = await meetBeacon(user.userId, botUserId, signal)
      await client.invalidateQueries()
      acts.say(notSent === undefined ? texts.beaconMet[type] : texts.botNotTold(notSent))
    } catch (error) {
      acts.say(error instanceof Error ? error.message : texts.somethingBroke)
    }
    close()
  }
  const setUse = (useBeacon: boolean) =>
    changeUser(user.userId, { useBeacon }).then(
      () => client.invalidateQueries({ queryKey: ['state'] }),
      (error: Error) => acts.say(error.message),
    )
  return (
    <Sheet title={texts.beacon} close={close}>
      <button type="button" className="beacon-banner" disabled={!isSound} onClick={() => void meet('banner')}>
        <BeaconIcon />
        <span className="choice-text">
          <strong>{texts.beaconBanner}</strong>
          <span className="choice-hint">{texts.beaconBannerHint}</span>
        </span>
      </button>
      <Switch label={texts.useBeacon} on={user.useBeacon === true} onChange={(on) => void setUse(on)} />
      <div className="sheet-row">
        {(['enter', 'leave', 'stay'] as const).map((type) => (
          <button
            type="button"
            key={type}
            className="button button-quiet"
            disabled={!isSound}
            onClick={() => void meet(type)}
          >
            {texts.beaconActs[type]}
          </button>
        ))}
      </div>
      <label className="field">
        {texts.hwid}
        <input value={hwid} maxLength={10} onChange={(event) => setHwid(event.target.value.toLowerCase())} />
      </label>
      <label className="field">
        {texts.deviceMessage}
        <input
          value={deviceMessage}
          maxLength={26}
          onChange={(event) => setDeviceMessage(event.target.value.toLowerCase())}
        />
      </label>
    </Sheet>
  )
}
