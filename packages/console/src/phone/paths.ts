// The page's own addresses.

export const chatListPath = (userId: string) => `/users/${userId}`

export const chatPath = (userId: string, chatId: string) => `/users/${userId}/chats/${chatId}`

export const aboutPath = (userId: string, chatId: string | undefined) =>
  `${chatId === undefined ? chatListPath(userId) : chatPath(userId, chatId)}/about`
