// The page's own addresses.

export const chatListPath = (userId: string) => `/users/${userId}`

export const chatPath = (userId: string, chatId: string) => `/users/${userId}/chats/${chatId}`

export const aboutPath = (userId: string, chatId: string | undefined) =>
  `${chatId === undefined ? chatListPath(userId) : chatPath(userId, chatId)}/about`

export const chatMenuPath = (userId: string, chatId: string) => `${chatPath(userId, chatId)}/menu`

export const addFriendPath = (userId: string) => `${chatListPath(userId)}/add`

export const newGroupPath = (userId: string) => `${chatListPath(userId)}/new-group`

export const settingsPath = (userId: string) => `${chatListPath(userId)}/settings`

/** Several phones side by side. */
export const PHONES_PATH = '/phones'

export const MOST_PHONES = 4

export const phonesPath = (userIds: readonly string[]) =>
  `${PHONES_PATH}?${new URLSearchParams(userIds.map((userId) => ['user', userId]))}`
