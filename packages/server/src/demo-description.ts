// What `start --json` prints: everything a program needs to use the demo.
import { channelOfApp, type Demo } from './demo.ts'
import { uuidToUlid } from './kit/ids.ts'
import type { Stack } from './stack.ts'

export interface DemoDescription {
  platform?: {
    url: string
    controlUrl: string
    userId: string
    /** The one that the gateway's demo app stands on comes first. */
    channels: {
      profile: '2017' | 'current'
      channelId: string
      channelSecret: string
      channelAccessToken: string
      botUserId: string
    }[]
    login?: { channelId: string; channelSecret: string; redirectUris: string[] }
  }
  gateway?: {
    url: string
    adminKey?: string
    projectId?: string
    keyId?: string
    keySecret?: string
    /** As the Sinch dialect prints it. */
    appId?: string
    /** The same project in the 8x8 dialect. */
    accountId?: string
    subAccountId?: string
    apiKey?: string
  }
}

export function describeDemo({ platform, gateway, demo }: Stack): DemoDescription {
  return {
    ...(platform && {
      platform: {
        url: platform.url,
        controlUrl: platform.controlUrl,
        userId: demo?.platform.users[0]?.userId ?? '',
        channels: channelsOf(demo).map((channel) => ({
          profile: channel.profile,
          channelId: channel.channelId,
          channelSecret: channel.channelSecret,
          channelAccessToken: channel.accessTokens[0] ?? '',
          botUserId: channel.botUserId,
        })),
        ...loginOf(demo),
      },
    }),
    ...(gateway && {
      gateway: {
        url: gateway.url,
        ...(demo && {
          adminKey: demo.gateway.adminKey,
          projectId: demo.gateway.projectId,
          keyId: demo.gateway.keyId,
          keySecret: demo.gateway.keySecret,
          appId: uuidToUlid(demo.gateway.appId),
          accountId: demo.gateway.projectId,
          subAccountId: demo.gateway.subAccountId,
          apiKey: demo.gateway.apiKey,
        }),
      },
    }),
  }
}

function channelsOf(demo: Demo | undefined): Demo['platform']['channels'] {
  const ofApp = demo && channelOfApp(demo)
  return (demo?.platform.channels ?? []).toSorted((a, b) => Number(b === ofApp) - Number(a === ofApp))
}

function loginOf(demo: Demo | undefined): Pick<NonNullable<DemoDescription['platform']>, 'login'> {
  const [login] = demo?.platform.loginChannels ?? []
  if (login === undefined) return {}
  const { channelId, channelSecret, callbackUrls } = login
  return { login: { channelId, channelSecret, redirectUris: callbackUrls } }
}
