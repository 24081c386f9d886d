// The page's whole program: a plain module, as any page could load it.
import { LineApiClientBuilder, LineSDKConfiguration, LineSDKLogin } from '@hatoba/line/login'

const settings = await (await fetch('/settings.json')).json()
const element = (id) => document.getElementById(id)
const tell = (text) => {
  element('state').textContent = text
}

element('app').checked = localStorage.getItem('line-app') === 'yes'
element('app').addEventListener('change', ({ target }) => {
  localStorage.setItem('line-app', target.checked ? 'yes' : 'no')
})

const context = {
  redirectUri: `${location.origin}/callback`,
  apiUrl: settings.apiUrl,
  accessUrl: settings.accessUrl,
  appLauncher: {
    loginUrl: `${settings.accessUrl}/line-app/login`,
    storeUrl: 'https://line.me/download',
    isLineAppInstalled: () => element('app').checked,
    open: (url) => location.assign(url),
  },
  ...(settings.exchange && {
    exchange: (request) => fetch('/exchange', { method: 'POST', body: JSON.stringify(request) }),
  }),
}
const login = LineSDKLogin.setup(new LineSDKConfiguration({ channelID: settings.channelId, context }))
const client = new LineApiClientBuilder(context, settings.channelId).build()

login.delegate = {
  didLogin(_login, _credential, profile, error) {
    history.replaceState(null, '', '/')
    tell(error === null ? `Welcome, ${profile.displayName}` : `Not logged in: ${error.code}`)
  },
}

element('login').addEventListener('click', () => login.startLogin())
element('web-login').addEventListener('click', () => login.startWebLoginWithSafariViewController(true))
element('profile').addEventListener('click', async () => {
  const response = await client.getProfile()
  tell(
    response.isSuccess()
      ? `You are ${response.getResponseData().getDisplayName()}`
      : response.getErrorData().getMessage(),
  )
})
element('logout').addEventListener('click', async () => {
  const response = await client.logout()
  tell(response.isSuccess() ? 'Logged out' : response.getErrorData().getMessage())
})

if (!login.handleOpenURL(location.href) && !(await login.handleWebReturn()))
  tell(login.isAuthorized() ? 'Logged in' : 'Not logged in')
