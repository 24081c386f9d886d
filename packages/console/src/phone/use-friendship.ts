// Adding, blocking and unblocking a bot from any screen.
import { useQueryClient } from '@tanstack/react-query'
import { changeFriendship } from './acts-api.ts'
import { reloadChats } from './queries.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'

/** @param onTold hears what came of it, in words */
export function useFriendship(botUserId: string, onTold: (words: string) => void) {
  const { user } = useSession()
  const client = useQueryClient()
  return async (action: 'add' | 'block' | 'unblock'): Promise<boolean> => {
    try {
      const { notSent } = await changeFriendship(user.userId, botUserId, action)
      await reloadChats(client, user.userId)
      onTold(notSent === undefined ? texts.friendshipTold[action] : texts.botNotTold(notSent))
      return true
    } catch (error) {
      onTold(error instanceof Error ? error.message : texts.somethingBroke)
      return false
    }
  }
}
