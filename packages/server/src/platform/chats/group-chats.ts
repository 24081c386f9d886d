// Owner of groups and rooms: who is in them, who is invited, and the one bot that may be there. Their messages hang
// on them as in a chat of two; chats.ts adds them. Saved with the accounts; the messages stand in the journal.
import type { StoredMessage } from './chats.ts'

/** A group has a name and is entered by invitation; a room (LINE: multi-person chat) has neither. */
export type GroupKind = 'group' | 'room'

export interface GroupChat {
  readonly kind: GroupKind
  /** C or R and 32 hexadecimal digits. */
  readonly chatId: string
  /** Members are users of this provider, under the ids that its bots know them by. */
  readonly providerId: string
  name?: string
  pictureUrl?: string
  /** In the order in which they came. */
  readonly members: Set<string>
  readonly invited: Set<string>
  // LINE facts sheet, "Users, bot, groups, rooms": only one official account may be in a group or room
  botChannelId?: string
  readonly messages: StoredMessage[]
  /** The newest message that each member has seen. */
  readonly readUpTo: Map<string, string>
  /** The newest message that the bot has marked as read. */
  botReadUpTo?: string
  // LINE facts sheet, "Webhooks: events": a room's bot is told that it joined with the first event after it was added
  joinToTell?: true
}

/** A group or room as it is saved, and as a seed has it. */
export interface GroupChatSeed {
  kind: GroupKind
  chatId: string
  providerId: string
  name?: string
  pictureUrl?: string
  members: string[]
  invited?: string[]
  botChannelId?: string
  joinToTell?: true
}

export type GroupChange = { name?: string; pictureUrl?: string }

export class GroupChats {
  readonly #groups = new Map<string, GroupChat>()
  readonly #ofUser = new Map<string, Set<GroupChat>>()
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  add({ kind, chatId, providerId, name, pictureUrl, members, invited = [], ...rest }: GroupChatSeed): GroupChat {
    const { botChannelId, joinToTell } = rest
    const chat: GroupChat = {
      kind,
      chatId,
      providerId,
      members: new Set(),
      invited: new Set(invited),
      messages: [],
      readUpTo: new Map(),
      ...(name !== undefined && { name }),
      ...(pictureUrl !== undefined && { pictureUrl }),
      ...(botChannelId !== undefined && { botChannelId }),
      ...(joinToTell !== undefined && { joinToTell }),
    }
    this.#groups.set(chatId, chat)
    for (const userId of members) this.addMember(chat, userId)
    this.#onChange()
    return chat
  }

  find(chatId: string): GroupChat | undefined {
    return this.#groups.get(chatId)
  }

  all(): IterableIterator<GroupChat> {
    return this.#groups.values()
  }

  /** The groups and rooms that the user is in. */
  ofUser(userId: string): Iterable<GroupChat> {
    return this.#ofUser.get(userId) ?? []
  }

  /** Takes an open invitation back with it. */
  addMember(chat: GroupChat, userId: string): void {
    chat.invited.delete(userId)
    chat.members.add(userId)
    let groups = this.#ofUser.get(userId)
    if (groups === undefined) {
      groups = new Set()
      this.#ofUser.set(userId, groups)
    }
    groups.add(chat)
    this.#onChange()
  }

  removeMember(chat: GroupChat, userId: string): void {
    chat.members.delete(userId)
    this.#ofUser.get(userId)?.delete(chat)
    this.#onChange()
  }

  invite(chat: GroupChat, userId: string): void {
    chat.invited.add(userId)
    this.#onChange()
  }

  uninvite(chat: GroupChat, userId: string): void {
    chat.invited.delete(userId)
    this.#onChange()
  }

  /** @param channelId undefined takes the bot out */
  setBot(chat: GroupChat, channelId: string | undefined): void {
    delete chat.joinToTell
    delete chat.botReadUpTo
    if (channelId === undefined) delete chat.botChannelId
    else chat.botChannelId = channelId
    if (channelId !== undefined && chat.kind === 'room') chat.joinToTell = true
    this.#onChange()
  }

  /** The room's bot was told that it joined. */
  joinTold(chat: GroupChat): void {
    delete chat.joinToTell
    this.#onChange()
  }

  change(chat: GroupChat, change: GroupChange): void {
    Object.assign(chat, change)
    this.#onChange()
  }

  clear(): void {
    this.#groups.clear()
    this.#ofUser.clear()
  }

  *rows(): Generator<GroupChatSeed> {
    for (const { kind, chatId, providerId, name, pictureUrl, members, invited, botChannelId, joinToTell } of this.all())
      yield {
        kind,
        chatId,
        providerId,
        ...(name !== undefined && { name }),
        ...(pictureUrl !== undefined && { pictureUrl }),
        members: [...members],
        ...(invited.size > 0 && { invited: [...invited] }),
        ...(botChannelId !== undefined && { botChannelId }),
        ...(joinToTell !== undefined && { joinToTell }),
      }
  }
}
