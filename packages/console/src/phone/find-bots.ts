// Finding a bot by its name, its @id, its link or what its QR code holds.
import type { BotChannel } from './control-api.ts'

const FRIEND_LINK = /^(?:https?:\/\/(?:line\.me\/(?:R\/)?ti\/p\/|lin\.ee\/)|line:\/\/ti\/p\/)(.+)$/i

/** All where nothing was typed. */
export function findBots(channels: readonly BotChannel[], typed: string): BotChannel[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return [...channels]
  const linked = FRIEND_LINK.exec(wanted)?.[1]
  if (linked !== undefined) return channels.filter((channel) => idsOf(channel).includes(atId(linked)))
  return channels.filter(
    (channel) =>
      channel.displayName.toLowerCase().includes(wanted) || idsOf(channel).some((id) => id.startsWith(atId(wanted))),
  )
}

const idsOf = ({ basicId, about }: BotChannel): string[] =>
  [basicId, about.premiumId].flatMap((id) => (id === undefined ? [] : [id.toLowerCase()]))

function atId(text: string): string {
  let id = text.replace(/[?#].*$/, '')
  try {
    id = decodeURIComponent(id)
  } catch {
    // As it was typed: it will fit none.
  }
  return id.startsWith('@') ? id : `@${id}`
}
