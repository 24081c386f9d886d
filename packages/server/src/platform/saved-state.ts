// The platform's folder: who may use it, what is restored from it at start, and when it is saved.
import { mkdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../kit/log.ts'
import { addSeed } from './accounts/accounts.ts'
import { AccountsFile, loadAccounts } from './accounts/accounts-file.ts'
import type { ChatJournal } from './chats/chats.ts'
import { Journal, loadChats } from './chats/journal.ts'
import type { JournalRow } from './chats/journal-rows.ts'
import type { ReplyToken } from './chats/reply-tokens.ts'
import type { AcceptedRequest } from './chats/retry-keys.ts'
import type { SentCount } from './chats/sent-counts.ts'
import type { ContentRow } from './content/content-store.ts'
import type { PlatformSeed } from './seed.ts'
import { filesOfSnapshots } from './state/snapshots.ts'
import { rowsOf } from './state/state-owner.ts'
import { ownersInAccounts, ownersInJournal, type SavedParts } from './state/state-owners.ts'

/** Another process uses the folder. */
class FolderInUseError extends Error {
  override name = 'FolderInUseError'
  readonly code = 'folder_in_use'
}

/** Where owners of state report what changed; it goes nowhere until a folder is opened, or where nothing is kept. */
export class ChangeReports implements ChatJournal {
  #accounts: AccountsFile | undefined
  #journal: Journal | undefined

  connect(accounts: AccountsFile, journal: Journal): void {
    this.#accounts = accounts
    this.#journal = journal
  }

  accountsChanged = (): void => this.#accounts?.changed()
  accepted = (request: AcceptedRequest): void => this.#journal?.accepted(request)
  added: ChatJournal['added'] = (stored) => this.#journal?.added(stored)
  read: ChatJournal['read'] = (chat, userId) => this.#journal?.read(chat, userId)
  changed: ChatJournal['changed'] = (stored) => this.#journal?.changed(stored)
  readByBot: ChatJournal['readByBot'] = (chat) => this.#journal?.readByBot(chat)
  counted = (count: SentCount): void => this.#journal?.counted(count)
  contentChanged = (row: ContentRow): void => this.#journal?.content(row)
  replyTokenChanged = (token: ReplyToken): void => this.#journal?.replyToken(token)
}

export interface SavedState {
  /** All state was replaced at once: the folder goes over to it at one moment too, within seconds. */
  beginAnew(): void
  /** Everything up to this moment is on disk once it resolves; the folder is free then. */
  close(): Promise<void>
}

interface FolderOptions {
  dataDir: string
  seed: PlatformSeed
  parts: SavedParts
  changes: ChangeReports
  log: Logger
}

const FIRST_JOURNAL = 'chats.jsonl'

/** Restores what the folder holds, or begins from the seed. @throws FolderInUseError, SavedStateError */
export async function openSavedState({ dataDir, seed, parts, changes, log }: FolderOptions): Promise<SavedState> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(dataDir)
  try {
    const accountsPath = join(dataDir, 'accounts.jsonl')
    const found = loadAccounts(accountsPath, ownersInAccounts(parts))
    let journalName = found?.journal ?? FIRST_JOURNAL
    loadChats(join(dataDir, journalName), parts)
    parts.contents.keepIn(join(dataDir, 'content'), filesOfSnapshots(dataDir))

    const journal = new Journal(join(dataDir, journalName), log)
    let begunAnew = false
    const accountsFile = new AccountsFile(
      accountsPath,
      ownersInAccounts(parts),
      {
        name: () => (journalName === FIRST_JOURNAL ? undefined : journalName),
        ready: () => (begunAnew ? journal.sync() : Promise.resolve()),
        async counts(name = FIRST_JOURNAL) {
          if (!begunAnew || name !== journalName) return
          begunAnew = false
          for (const file of await readdir(dataDir))
            if (/^chats(-\d+)?\.jsonl$/.test(file) && file !== name) await rm(join(dataDir, file), { force: true })
        },
      },
      log,
    )
    changes.connect(accountsFile, journal)
    if (found === undefined) addSeed(parts, seed)
    return {
      beginAnew() {
        begunAnew = true
        journalName = nameAfter(journalName)
        const rows = Array.from(rowsOf(ownersInJournal(parts)), ({ row }) => row as JournalRow) // the journal's owners have no others
        journal.beginFile(join(dataDir, journalName), rows)
        accountsFile.changed()
      },
      async close() {
        try {
          await accountsFile.close().finally(() => journal.close())
        } finally {
          unlock()
        }
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** The journal that a folder goes over to has another name, so that the old one counts until the new one is whole. */
function nameAfter(journalName: string): string {
  const number = Number(/-(\d+)\./.exec(journalName)?.[1] ?? '1')
  return `chats-${number + 1}.jsonl`
}

/** An exclusive transaction on a database of its own: the kernel frees it however the process ends. */
async function lockFolder(dataDir: string): Promise<() => void> {
  const { DatabaseSync } = await import('node:sqlite')
  const lock = new DatabaseSync(join(dataDir, 'lock'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    throw new FolderInUseError(`${dataDir} is in use by another process`, { cause })
  }
  return () => lock.close()
}
