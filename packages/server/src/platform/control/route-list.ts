// What the control API has, told by itself: docs/control-api.md says what each does, and a test compares the two.
import type { FastifyInstance } from 'fastify'

export interface ControlRoute {
  method: string
  /** Below /_hatoba, parameters as `:name`. */
  path: string
}

/** Called before the first route is registered. */
export function serveRouteList(scope: FastifyInstance): void {
  const routes: ControlRoute[] = []
  scope.addHook('onRoute', ({ method, url, prefix }) => {
    const path = url.slice(prefix.length)
    const methods = typeof method === 'string' ? [method] : method
    if (path === '' || path === '/' || path === '/*') return // this list itself, and what there is not
    for (const one of methods) if (one !== 'HEAD') routes.push({ method: one, path })
  })
  scope.get('/', () => ({ routes }))
}
