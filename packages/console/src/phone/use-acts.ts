// Carries out what is done in the open chat: each tap opens what it must, tells the platform, and says what came of it.
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type TapChoice, tapAt, unsend, watchedToEnd } from './acts-api.ts'
import { destinationOf } from './addresses.ts'
import type { ChatActs, SheetRequest, Tappable } from './chat-acts.ts'
import type { ChatMessage } from './control-api.ts'
import { uploadAll } from './draft.ts'
import { addMessage, changeMessage } from './queries.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'

interface ActsOptions {
  onQuote: (message: ChatMessage) => void
  onKeyboard: (fillInText: string | undefined) => void
}

const SAID_FOR_MS = 4_000
const FOUND_FOR_MS = 2_000

export function useActs(options: ActsOptions) {
  const { user } = useSession()
  const { userId } = user
  const client = useQueryClient()
  const [sheet, setSheet] = useState<SheetRequest>()
  const [said, say] = useState<string>()
  const latest = useRef(options)
  latest.current = options
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => say(undefined), SAID_FOR_MS)
    return () => clearTimeout(timer)
  }, [said])

  const acts = useMemo((): ChatActs => {
    /** Says why it was refused, where it was. */
    const attempt = async (act: () => Promise<void>) => {
      try {
        await act()
      } catch (error) {
        say(error instanceof Error ? error.message : texts.somethingBroke)
      }
    }
    const sendTap = (message: ChatMessage, at: string, choice: TapChoice = {}) =>
      attempt(async () => {
        const { action, messages, opened, copied, inputOption, filledIn, notSent } = await tapAt(
          userId,
          message,
          at,
          choice,
        )
        for (const sent of messages) addMessage(client, userId, sent)
        if (opened !== undefined) setSheet(sheetFor(opened))
        if (copied !== undefined) await copy(copied, say)
        if (inputOption === 'openKeyboard') latest.current.onKeyboard(filledIn)
        if (notSent !== undefined) say(texts.botNotTold(notSent))
        else if (action === 'postback' || action === 'datetimepicker') say(texts.postbackSent)
      })
    const sendPictures = (message: ChatMessage, at: string, files: readonly File[]) =>
      attempt(async () => sendTap(message, at, { uploadIds: await uploadAll(files, () => undefined) }))

    return {
      tap(message, at, action) {
        const needed = sheetBefore(action, {
          onValue: (value) => void sendTap(message, at, { value }),
          onPictures: (files) => void sendPictures(message, at, files),
          onPlace: (location) => void sendTap(message, at, { location }),
        })
        if (needed === undefined) void sendTap(message, at)
        else setSheet(needed)
      },
      open: setSheet,
      watched: (message) =>
        void attempt(async () => {
          const { notSent } = await watchedToEnd(userId, message)
          if (notSent === undefined) say(texts.watchedTold)
        }),
      quote: (message) => latest.current.onQuote(message),
      takeBack: (message) =>
        void attempt(async () => changeMessage(client, userId, (await unsend(userId, message)).message)),
      say,
      find: showMessage,
    }
  }, [client, userId])

  return { acts, sheet, said, closeSheet: useCallback(() => setSheet(undefined), []) }
}

interface Choosing {
  onValue: (value: string) => void
  onPictures: (files: readonly File[]) => void
  onPlace: Extract<SheetRequest, { kind: 'place' }>['onPick']
}

/** What the person must choose before the tap is one. */
function sheetBefore(action: Tappable, { onValue, onPictures, onPlace }: Choosing): SheetRequest | undefined {
  switch (action.type) {
    case 'datetimepicker': {
      const { mode, initial, min, max } = action
      return { kind: 'picker', mode, initial, min, max, onPick: onValue }
    }
    case 'camera':
      return { kind: 'pictures', from: 'camera', onPick: onPictures }
    case 'cameraRoll':
      return { kind: 'pictures', from: 'roll', onPick: onPictures }
    case 'location':
      return { kind: 'place', onPick: onPlace }
    case 'postback':
    case 'message':
    case 'uri':
    case 'clipboard':
      return undefined
    default:
      return action satisfies never
  }
}

function sheetFor(address: string): SheetRequest {
  const destination = destinationOf(address)
  return destination.kind === 'other' ? { kind: 'browser', url: address } : destination
}

async function copy(words: string, say: (words: string) => void): Promise<void> {
  await navigator.clipboard?.writeText(words).then(
    () => say(texts.copied),
    () => say(texts.copyRefused),
  )
}

function showMessage(messageId: string): void {
  const row = document.querySelector(`[data-message="${CSS.escape(messageId)}"]`)
  row?.scrollIntoView({ block: 'center' })
  row?.classList.add('row-found')
  setTimeout(() => row?.classList.remove('row-found'), FOUND_FOR_MS)
}
