// The platform's folder: who may use it, what is restored from it at start, and when it is saved.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../kit/log.ts'
import { type Accounts, addSeed } from './accounts/accounts.ts'
import { AccountsFile, loadAccounts } from './accounts/accounts-file.ts'
import type { ChatJournal, Chats } from './chats/chats.ts'
import { Journal, loadChats } from './chats/journal.ts'
import type { AcceptedRequest, RetryKeys } from './chats/retry-keys.ts'
import type { SentCount, SentCounts } from './chats/sent-counts.ts'
import type { ContentRow, ContentStore } from './content/content-store.ts'
import type { PlatformSeed } from './seed.ts'

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
}

export interface SavedState {
  /** Everything up to this moment is on disk once it resolves; the folder is free then. */
  close(): Promise<void>
}

interface StateParts {
  accounts: Accounts
  chats: Chats
  contents: ContentStore
  retryKeys: RetryKeys
  sentCounts: SentCounts
  changes: ChangeReports
  log: Logger
}

/** Restores what the folder holds, or begins from the seed. @throws FolderInUseError, SavedStateError */
export async function openSavedState(dataDir: string, seed: PlatformSeed, parts: StateParts): Promise<SavedState> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(dataDir)
  try {
    const accountsPath = join(dataDir, 'accounts.jsonl')
    const chatsPath = join(dataDir, 'chats.jsonl')
    const found = loadAccounts(accountsPath, parts.accounts)
    loadChats(chatsPath, {
      chats: parts.chats,
      groups: parts.accounts.groups,
      contents: parts.contents,
      retryKeys: parts.retryKeys,
      sentCounts: parts.sentCounts,
    })
    parts.contents.keepIn(join(dataDir, 'content'))
    const accountsFile = new AccountsFile(accountsPath, parts.accounts, parts.log)
    const journal = new Journal(chatsPath, parts.log)
    parts.changes.connect(accountsFile, journal)
    if (!found) addSeed(parts.accounts, seed)
    return {
      async close() {
        try {
          await Promise.all([accountsFile.close(), journal.close()])
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
