// What can be done in the chat that is open: the parts of a message call these, the chat screen carries them out.
import type { Action } from '@hatoba/line/wire'
import { createContext, use } from 'react'
import type { Place } from './acts-api.ts'
import type { ChatMessage } from './control-api.ts'

/** What an imagemap has instead of `uri`. */
export type Tappable = Action | { type: 'uri'; label?: string; linkUri: string }

export type PickerMode = 'date' | 'time' | 'datetime'

/** What lies over the chat. */
export type SheetRequest =
  | { kind: 'browser'; url: string }
  | { kind: 'dial'; number: string }
  | { kind: 'map'; place: Place }
  | {
      kind: 'picker'
      mode: PickerMode
      initial?: string | undefined
      min?: string | undefined
      max?: string | undefined
      onPick: (value: string) => void
    }
  | { kind: 'pictures'; from: 'camera' | 'roll'; onPick: (files: readonly File[]) => void }
  | { kind: 'place'; onPick: (place: Place) => void }
  | { kind: 'beacon' }
  | { kind: 'picture'; url: string }
  | { kind: 'film'; message: ChatMessage; url: string; posterUrl?: string | undefined }
  | { kind: 'menu'; message: ChatMessage }
  | { kind: 'details'; message: ChatMessage }

export interface ChatActs {
  /** @param at a JSON pointer to the action in the message */
  tap(message: ChatMessage, at: string, action: Tappable): void
  open(sheet: SheetRequest): void
  watched(message: ChatMessage): void
  quote(message: ChatMessage): void
  takeBack(message: ChatMessage): void
  /** A word at the bottom of the chat, for a moment. */
  say(words: string): void
  /** Goes to a message and marks it for a moment, if it is loaded. */
  find(messageId: string): void
}

export const ChatActsContext = createContext<ChatActs | undefined>(undefined)

export function useChatActs(): ChatActs {
  const acts = use(ChatActsContext)
  if (acts === undefined) throw new Error('a part of a chat stands outside one')
  return acts
}
