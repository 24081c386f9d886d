// The datetime picker in its three modes. LINE reference, "Datetime picker action".
import { type FormEvent, useState } from 'react'
import type { PickerMode } from '../chat-acts.ts'
import { useSession } from '../session.tsx'
import { texts } from '../texts.ts'
import { Sheet } from './sheet.tsx'

interface PickerSheetProps {
  mode: PickerMode
  initial?: string | undefined
  min?: string | undefined
  max?: string | undefined
  onPick: (value: string) => void
  close: () => void
}

const INPUTS = { date: 'date', time: 'time', datetime: 'datetime-local' } as const
const FIRST = { date: '1900-01-01', time: '00:00', datetime: '1900-01-01T00:00' }
const LAST = { date: '2100-12-31', time: '23:59', datetime: '2100-12-31T23:59' }

export function PickerSheet({ mode, initial, min, max, onPick, close }: PickerSheetProps) {
  const { nowMs } = useSession()
  const [value, setValue] = useState(() => initial?.replace('t', 'T') ?? valueAt(nowMs(), mode))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    close()
    onPick(value)
  }
  return (
    <Sheet title={texts.pickers[mode]} close={close}>
      <form className="choices" onSubmit={submit}>
        <label className="field">
          {texts.pickers[mode]}
          <input
            data-first-focus
            type={INPUTS[mode]}
            required
            value={value}
            min={min?.replace('t', 'T') ?? FIRST[mode]}
            max={max?.replace('t', 'T') ?? LAST[mode]}
            onChange={(event) => setValue(event.target.value)}
          />
        </label>
        {(min !== undefined || max !== undefined) && (
          <p className="sheet-hint">{texts.pickerRange(min ?? FIRST[mode], max ?? LAST[mode])}</p>
        )}
        <button type="submit" className="button">
          {texts.choose}
        </button>
      </form>
    </Sheet>
  )
}

function valueAt(atMs: number, mode: PickerMode): string {
  const there = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000).toISOString()
  const [date = '', time = ''] = there.slice(0, 16).split('T')
  return mode === 'date' ? date : mode === 'time' ? time : `${date}T${time}`
}
