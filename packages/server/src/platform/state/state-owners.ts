// Every part of the platform and where its state is saved. A part that is missing here does not compile: whoever adds
// one says what becomes of its state when the platform stops, is reset, or goes back to a snapshot.
import { accountOwners } from '../accounts/accounts.ts'
import { journalOwners } from '../chats/journal-rows.ts'
import type { PlatformCore } from '../core.ts'
import type { StateOwner } from './state-owner.ts'

/** `accounts`: small, in a file that is written whole. `journal`: grows with every call, in a file that is appended to. */
type SavedIn = 'accounts' | 'journal' | 'nowhere'

const SAVED_IN = {
  channels: 'accounts',
  loginChannels: 'accounts',
  logins: 'accounts',
  idTokens: 'accounts',
  users: 'accounts',
  tokens: 'accounts',
  assertionKeys: 'accounts',
  groups: 'accounts', // their messages stand in the journal
  faults: 'accounts',
  chats: 'journal',
  contents: 'journal', // their bytes lie in files of their own
  replyTokens: 'journal',
  retryKeys: 'journal',
  sentCounts: 'journal',
  // Begun anew by a start, a reset and a restored snapshot:
  rateLimits: 'nowhere',
  timeline: 'nowhere',
  webhooks: 'nowhere', // what is on its way, and the log of attempts
  media: 'nowhere', // what it keeps of others' files lies in a temporary folder
  delivery: 'nowhere', // what is on its way
  waits: 'nowhere',
  loginFlows: 'nowhere', // some minutes' life
  loadingAnimations: 'nowhere', // a minute's life
  // No state, or none of the platform's:
  clock: 'nowhere',
  identifiers: 'nowhere',
  log: 'nowhere',
  newChannelProfile: 'nowhere',
  strictHosts: 'nowhere',
} as const satisfies Record<keyof PlatformCore, SavedIn>

type SavedPart = {
  [Part in keyof PlatformCore]: (typeof SAVED_IN)[Part] extends 'nowhere' ? never : Part
}[keyof PlatformCore]

/** The parts of the platform that have state to save. */
export type SavedParts = Pick<PlatformCore, SavedPart>

export const ownersInAccounts = (parts: SavedParts): StateOwner[] => [...accountOwners(parts), parts.faults.owner]

export const ownersInJournal = (parts: SavedParts): StateOwner[] => journalOwners(parts)

/** In the order in which they can be restored. */
export const allOwners = (parts: SavedParts): StateOwner[] => [...ownersInAccounts(parts), ...ownersInJournal(parts)]
