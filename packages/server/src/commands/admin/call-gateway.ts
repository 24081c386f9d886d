// A call of a running gateway's admin API.

const TIMEOUT_MS = 30_000

export interface GatewayAccess {
  gatewayUrl: string
  adminKey: string
}

export type GatewayReply = { kind: 'answered'; body: unknown } | { kind: 'failed'; message: string }

export async function callGateway(
  { gatewayUrl, adminKey }: GatewayAccess,
  method: string,
  path: string,
  body?: object,
): Promise<GatewayReply> {
  let answer: Response
  let text: string
  try {
    answer = await fetch(`${gatewayUrl}/admin/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error', // the key is for this address alone
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    text = await answer.text()
  } catch {
    const remedy = 'Start it with `hatoba gateway`, or say where it is with --gateway-url (HATOBA_GATEWAY_URL).'
    return { kind: 'failed', message: `No gateway answers at ${gatewayUrl}. ${remedy}` }
  }
  const read = parse(text)
  if (answer.ok && (answer.status === 204 || read !== undefined)) return { kind: 'answered', body: read }
  const message = messageOf(read) ?? `${gatewayUrl} answered with status ${answer.status}. Is it a Hatoba gateway?`
  return { kind: 'failed', message }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined // something else answers there
  }
}

function messageOf(body: unknown): string | undefined {
  const error = typeof body === 'object' && body !== null ? Reflect.get(body, 'error') : undefined
  const message = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined
  return typeof message === 'string' ? message : undefined
}
