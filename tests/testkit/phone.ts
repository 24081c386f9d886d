// A user of the platform, acting through its control API.

interface PhoneMessage {
  id: string
  from: { kind: 'user' | 'bot'; id: string; displayName: string }
  message: { type: string; text?: string }
}

export interface Phone {
  /** Types a text and sends it. Answers the message's id. */
  send(text: string): Promise<string>
  /** The chat, oldest first. */
  messages(): Promise<PhoneMessage[]>
  /** Only the texts of what the bot sent, oldest first. */
  botTexts(): Promise<string[]>
  /** Waits for what comes after that message. */
  waitAfter(messageId: string, timeoutMs?: number): Promise<PhoneMessage[]>
  addFriend(): Promise<void>
  block(): Promise<void>
  unblock(): Promise<void>
}

export function phoneOf({ controlUrl, userId, chatId }: { controlUrl: string; userId: string; chatId: string }): Phone {
  const chat = `${controlUrl}/users/${userId}/chats/${chatId}`
  const call = async <T>(url: string, body?: unknown): Promise<T> => {
    const answer = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T // the control API's own shape
  }
  const act = (action: string) => call<void>(`${controlUrl}/users/${userId}/friends/${chatId}`, { action })
  const messages = async () => {
    const all: PhoneMessage[] = []
    for (let before = ''; ; ) {
      const page = await call<{ messages: PhoneMessage[]; hasMore: boolean }>(`${chat}/messages?limit=100${before}`)
      all.unshift(...page.messages)
      if (!page.hasMore) return all
      before = `&before=${page.messages[0]?.id}`
    }
  }
  return {
    async send(text) {
      const { message } = await call<{ message: PhoneMessage }>(`${chat}/messages`, { type: 'text', text })
      return message.id
    },
    messages,
    async botTexts() {
      return (await messages())
        .filter((message) => message.from.kind === 'bot')
        .map(({ message }) => message.text ?? '')
    },
    async waitAfter(messageId, timeoutMs = 20_000) {
      const found = await call<{ messages: PhoneMessage[] }>(`${chat}/wait?after=${messageId}&timeoutMs=${timeoutMs}`)
      return found.messages
    },
    addFriend: () => act('add'),
    block: () => act('block'),
    unblock: () => act('unblock'),
  }
}
