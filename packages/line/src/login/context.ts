// What an application tells the SDK about itself and where it runs: the counterpart of Android's context and of the
// settings in an iOS Info.plist. All that touches the outside (network, storage, clock, browser, LINE app) is here.
import type { TokenStorage } from './storage.ts'

/** The part of an HTTP answer that the SDK reads; the `Response` of `fetch` is one. */
export interface HttpAnswer {
  readonly status: number
  text(): Promise<string>
}

/** The part of `fetch` that the SDK uses. */
export type HttpFetch = (
  url: string,
  init: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string; signal?: AbortSignal },
) => Promise<HttpAnswer>

/**
 * What the application's own server is asked to do with LINE, adding the channel secret that only it has.
 * It passes LINE's answer on, status and body.
 */
export type ExchangeRequest =
  | { readonly kind: 'code'; readonly code: string; readonly redirectUri: string; readonly codeVerifier: string }
  /** Without a refresh token where the server keeps it to itself. */
  | { readonly kind: 'refresh'; readonly refreshToken: string | undefined }
  | { readonly kind: 'revoke'; readonly accessToken: string }

/** Reaches the LINE app where the application runs beside it: in a hybrid app, or with Hatoba's platform playing it. */
export interface AppLauncher {
  /** The address that opens a login in the LINE app, without its query. */
  readonly loginUrl: string
  /** Where the LINE app is to be had. */
  readonly storeUrl: string
  isLineAppInstalled(): boolean
  /** Opens an address outside the application: one of the LINE app, or the store. */
  open(url: string): void | Promise<void>
}

export interface LineContext {
  /** Where the web login comes back to; registered with the channel. */
  readonly redirectUri: string
  /** Where the LINE app comes back to; registered too. `redirectUri` unless given. */
  readonly appRedirectUri?: string
  /** `profile` and `openid` unless given. */
  readonly scope?: readonly string[]
  /** Offers to add the bot that is linked to the channel as a friend. */
  readonly botPrompt?: 'normal' | 'aggressive'
  /** BCP 47 language tags, separated by spaces, for LINE's pages. */
  readonly uiLocales?: string
  /** sessionStorage in a browser, else memory, unless given. */
  readonly storage?: TokenStorage
  /** For channels of the type "Web app", whose secret is known to the application's server alone. */
  readonly exchange?: (request: ExchangeRequest) => Promise<HttpAnswer>
  readonly appLauncher?: AppLauncher
  /** Opens LINE's web page. In a browser it takes the place of the page unless given. */
  readonly openWeb?: (url: string, options: { inAppView: boolean }) => void | Promise<void>
  /** https://api.line.me unless given. */
  readonly apiUrl?: string
  /** https://access.line.me unless given. */
  readonly accessUrl?: string
  readonly fetch?: HttpFetch
  /** UNIX time in milliseconds. */
  readonly now?: () => number
}

export const API_URL = 'https://api.line.me'
export const ACCESS_URL = 'https://access.line.me'

/** Opens LINE's page as the context says. @throws Error where there is nothing to open it with */
export async function openWebPage(context: LineContext, url: string, inAppView: boolean): Promise<void> {
  if (context.openWeb !== undefined) return context.openWeb(url, { inAppView })
  const { location } = globalThis as { location?: { assign?(url: string): void } } // a browser's; absent elsewhere
  if (location?.assign === undefined) throw new Error('there is no browser here: the context needs openWeb')
  location.assign(url)
}
