// LINE's login pages as HTML. Every text that comes from outside goes through `htmlOf`.
import type { LoginChannel } from '../accounts/login-channels.ts'
import type { User } from '../accounts/users.ts'
import type { OpenLogin } from './login-flows.ts'

export const STYLE_PATH = '/line-login/style.css'
export const SUBMIT_SCRIPT_PATH = '/line-login/submit.js'
export const LOGIN_PATH = '/oauth2/v2.1/login'
export const CONSENT_PATH = '/oauth2/v2.1/authorize/consent'
export const FRIEND_PATH = '/oauth2/v2.1/authorize/friend'

const SCOPES: Readonly<Record<string, string>> = {
  P: 'Your profile: display name, picture and status message',
  profile: 'Your profile: display name, picture and status message',
  openid: 'Your internal identifier',
  email: 'Your e-mail address',
}

export function pickerPage(login: OpenLogin, channel: LoginChannel, users: readonly User[], more: number): string {
  const people = users.map((user) => `<li><button name="user" value="${user.userId}">${personRow(user)}</button></li>`)
  const rest = more === 0 ? '' : `<p>${more} more are not shown: give their user id with <code>login_user</code>.</p>`
  return page(
    `Log in to ${channel.displayName}`,
    `<p>Who are you? On this machine every user can log in, without a password.</p>
${form(
  LOGIN_PATH,
  login,
  `${people.length === 0 ? '<p class="wrong">The provider of this channel has no users.</p>' : `<ul class="people">${people.join('\n')}</ul>`}
${rest}<div class="choices"><button class="button plain" name="action" value="cancel">Cancel</button></div>`,
)}`,
  )
}

/** @param bot the name of the bot that can be added along */
export function consentPage(login: OpenLogin, channel: LoginChannel, user: User, bot: string | undefined): string {
  const asks = [...new Set(login.request.scope.map((word) => SCOPES[word] ?? word))]
  const friend =
    bot === undefined
      ? ''
      : `<label><input type="checkbox" name="friend" value="add" checked> <span>Add ${htmlOf(bot)} as a friend</span></label>\n`
  const where = login.way === 'app' ? 'You are in the LINE app as' : 'You are logged in as'
  return page(
    `${channel.displayName} asks for your permission`,
    `<p>${where}</p>
<p class="person">${personRow(user)}</p>
<ul class="asks">${asks.map((ask) => `<li>${htmlOf(ask)}</li>`).join('')}</ul>
${form(
  CONSENT_PATH,
  login,
  `${friend}<div class="choices"><button class="button" name="action" value="allow">Allow</button>
<button class="button plain" name="action" value="deny">Deny</button></div>`,
)}`,
  )
}

export function friendPage(login: OpenLogin, bot: string): string {
  return page(
    `Add ${bot} as a friend?`,
    `<p>You will get its messages in LINE.</p>
${form(
  FRIEND_PATH,
  login,
  `<div class="choices"><button class="button" name="friend" value="add">Add friend</button>
<button class="button plain" name="friend" value="no">Not now</button></div>`,
)}`,
  )
}

/** Sends the answer to the application as a form. OAuth 2.0 Form Post Response Mode */
export function formPostPage(target: string, fields: URLSearchParams): string {
  const inputs = [...fields].map(
    ([name, value]) => `<input type="hidden" name="${htmlOf(name)}" value="${htmlOf(value)}">`,
  )
  return page(
    'Going back',
    `<form method="post" action="${htmlOf(target)}">${inputs.join('')}
<div class="choices"><button class="button">Continue</button></div></form>
<script src="${SUBMIT_SCRIPT_PATH}"></script>`,
  )
}

export const badRequestPage = (what: string): string =>
  page(
    '400 Bad Request',
    `<p class="wrong">${htmlOf(what)}</p>
<p>The application that sent you here made a mistake. You were not sent back to it.</p>`,
  )

export const loginOverPage = (): string =>
  page(
    'This login is over',
    '<p>It took too long, was finished before, or was begun in another browser. Go back to the application and begin again.</p>',
  )

export const refusedPage = (reason: string): string => page('Refused', `<p class="wrong">${htmlOf(reason)}.</p>`)

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlOf(title)}</title><link rel="stylesheet" href="${STYLE_PATH}"></head>
<body><main><p class="brand">LINE Login, by Hatoba</p><h1>${htmlOf(title)}</h1>
${content}
</main></body>
</html>
`
}

const form = (path: string, login: OpenLogin, content: string): string =>
  `<form method="post" action="${path}"><input type="hidden" name="login" value="${htmlOf(login.loginId)}">\n${content}</form>`

function personRow({ displayName, statusMessage, userId, pictureUrl }: User): string {
  const [first = '?'] = displayName
  const face =
    pictureUrl === undefined
      ? `<span class="face" aria-hidden="true">${htmlOf(first)}</span>`
      : `<img class="face" src="${htmlOf(pictureUrl)}" alt="">`
  return `<span class="person">${face}<span><span class="name">${htmlOf(displayName)}</span><span class="status">${htmlOf(statusMessage ?? userId)}</span></span></span>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const htmlOf = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter)
