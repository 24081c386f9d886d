// The few pages that the server writes itself. They need no script and no style sheet.
import type { FastifyReply } from 'fastify'

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1>
${content}
</main></body>
</html>
`
}

export const NOT_BUILT_PAGE = page(
  'Hatoba platform',
  `<p>The LINE platform is running. The phone's pages are not built here.</p>
<p>In a checkout, <code>npm start</code> builds them. The control API answers at <a href="/_hatoba/state">/_hatoba/state</a>.</p>`,
)

/** @param wrong a token was given, and it was not the right one */
export function tokenPage(wrong: boolean): string {
  return page(
    'Hatoba platform',
    `${wrong ? '<p role="alert">That is not the token of this platform.</p>\n' : ''}<form method="post" action="/_hatoba/session">
<p><label>Token of this platform (HATOBA_PLATFORM_TOKEN)<br><input name="token" type="password" autocomplete="current-password" required autofocus></label></p>
<p><button>Enter</button></p>
</form>`,
  )
}

/** @param reason one of our own sentences: it is not escaped */
export function refusedPage(reason: string): string {
  return page('Refused', `<p>${reason}.</p>`)
}

export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html)
}
