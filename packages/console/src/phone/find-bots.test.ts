import { expect, test } from 'vitest'
import type { BotChannel } from './control-api.ts'
import { findBots } from './find-bots.ts'

const bot = (displayName: string, basicId: string, premiumId?: string): BotChannel => ({
  channelId: basicId,
  providerId: '1',
  kind: 'messaging',
  profile: 'current',
  displayName,
  basicId,
  botUserId: `U${basicId}`,
  webhook: { use: true },
  settings: { beacons: false, joinGroups: true },
  about: premiumId === undefined ? {} : { premiumId },
  addFriendUrl: '',
})
const bots = [bot('Ferry Times', '@123abcde'), bot('Island Café', '@456fghij', '@cafe')]

test.each([
  ['', ['Ferry Times', 'Island Café']],
  ['ferry', ['Ferry Times']],
  ['@456', ['Island Café']],
  ['456fghij', ['Island Café']],
  ['@cafe', ['Island Café']],
  ['https://line.me/R/ti/p/%40123abcde', ['Ferry Times']],
  ['https://line.me/R/ti/p/@456fghij?from=page', ['Island Café']],
  ['line://ti/p/@cafe', ['Island Café']],
  ['https://line.me/R/ti/p/%', []],
  ['nobody', []],
])('%s finds %j', (typed, names) => {
  expect(findBots(bots, typed).map(({ displayName }) => displayName)).toEqual(names)
})
