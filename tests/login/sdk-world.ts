// An application with the login SDK, and a person who answers LINE's pages for it: what `openWeb` and the LINE app open
// is remembered, and the person comes back when the test says so.
import {
  type AppLauncher,
  LineApiClientBuilder,
  type LineContext,
  LineLoginApi,
  type LineLoginResult,
  memoryStorage,
} from '@hatoba/line/login'
import { LOGIN, type LoginWorld, newPerson, type Person } from './login-world.ts'

export const CHANNEL_ID = LOGIN.channelId

export interface Application {
  context: LineContext
  /** What was opened last, and how. */
  opened: { url: string; by: 'web' | 'app'; inAppView?: boolean }[]
  installed: { lineApp: boolean }
  person: Person
  /** Allows what was opened last; the address that LINE comes back to. */
  allow(): Promise<string>
  /** Denies it. */
  deny(): Promise<string>
  /** A whole login of Brown on the web. */
  logIn(): Promise<LineLoginResult>
  client(options?: { autoRefresh: boolean }): ReturnType<LineApiClientBuilder['build']>
}

export function newApplication(world: LoginWorld, more: Partial<LineContext> = {}): Application {
  const opened: Application['opened'] = []
  const installed = { lineApp: false }
  const person = newPerson(world.platform.url)
  const appLauncher: AppLauncher = {
    loginUrl: `${world.platform.url}/line-app/login`,
    storeUrl: 'https://store.example/line',
    isLineAppInstalled: () => installed.lineApp,
    open: (url) => void opened.push({ url, by: 'app' }),
  }
  const context: LineContext = {
    redirectUri: LOGIN.redirectUri,
    apiUrl: world.platform.url,
    accessUrl: world.platform.url,
    storage: memoryStorage(),
    now: () => world.platform.clock.now(),
    openWeb: (url, { inAppView }) => void opened.push({ url, by: 'web', inAppView }),
    appLauncher,
    ...more,
  }
  const last = () => opened.at(-1)?.url ?? ''
  const application: Application = {
    context,
    opened,
    installed,
    person,
    allow: async () => (await person.allow(last())).href,
    async deny() {
      const page = await person.open(last())
      const denied = page.html.includes('value="deny"') ? { action: 'deny' } : { action: 'cancel' }
      return (await person.press(page, denied)).location ?? ''
    },
    async logIn() {
      await LineLoginApi.getLoginIntentWithoutLineAppAuth(context, CHANNEL_ID).start()
      return LineLoginApi.getLoginResultFromIntent(context, CHANNEL_ID, await application.allow())
    },
    client({ autoRefresh } = { autoRefresh: true }) {
      const builder = new LineApiClientBuilder(context, CHANNEL_ID)
      return autoRefresh ? builder.build() : builder.disableTokenAutoRefresh().build()
    },
  }
  return application
}
