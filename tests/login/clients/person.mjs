// The person in front of LINE's pages, for the clients beside this file: follows forms as a browser does, by the
// client's own address of LINE.

export const channelId = process.env.LINE_LOGIN_CHANNEL_ID ?? ''
export const channelSecret = process.env.LINE_LOGIN_CHANNEL_SECRET ?? ''
export const redirectUri = 'http://localhost:3000/callback'

/** Brown logs in and allows: where LINE leads back to. @param {string | URL} url */
export async function allow(url) {
  let cookie = ''
  const load = async (address, init = {}) => {
    const answer = await fetch(address, { ...init, redirect: 'manual', headers: { cookie } })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return { html: await answer.text(), location: answer.headers.get('location') }
  }
  let page = await load(url)
  while (page.location === null) {
    const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1]
    const login = /name="login" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const user = /name="user" value="([^"]+)"/.exec(page.html)?.[1]
    if (action === undefined) throw new Error(`a page without a form: ${page.html}`)
    const body = new URLSearchParams({ login, ...(user === undefined ? { action: 'allow' } : { user }) })
    page = await load(new URL(action, url), { method: 'POST', body })
  }
  return new URL(page.location)
}
