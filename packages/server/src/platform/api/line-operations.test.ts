import { describe, expect, it } from 'vitest'
import { startTestPlatform } from '../testing/start-test-platform.ts'
import { LINE_OPERATIONS } from './line-operations.ts'
import { NOT_EMULATED } from './not-emulated.ts'
import { OPERATIONS } from './operations.ts'

const template = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}')
const emulated = new Set(OPERATIONS.map(({ method, path }) => `${method} ${template(path)}`))
const refused = new Set(NOT_EMULATED.map(({ method, path }) => `${method} ${path}`))

describe("LINE's operations", () => {
  it('are 110, each once', () => {
    expect(LINE_OPERATIONS).toHaveLength(110)
    expect(new Set(LINE_OPERATIONS.map(({ name }) => name)).size).toBe(110)
  })

  it('are each either emulated or refused by name, and never both', () => {
    const neither = LINE_OPERATIONS.filter(({ method, path }) => {
      const route = `${method} ${path}`
      return emulated.has(route) === refused.has(route)
    })
    expect(neither).toEqual([])
  })

  it('have the same name here as there', () => {
    const names = new Map(LINE_OPERATIONS.map(({ name, method, path }) => [`${method} ${path}`, name]))
    for (const { name, method, path } of OPERATIONS)
      expect(names.get(`${method} ${template(path)}`) ?? name, `${method} ${path}`).toBe(name)
  })

  it('answer that they are not emulated in the form of LINE, and which they are', async () => {
    const platform = await startTestPlatform()
    for (const { name, method, path } of NOT_EMULATED) {
      const url = path.replaceAll(/\{\w+\}/g, 'x')
      const answer = await platform.api(url, { method })
      expect(answer.status).toBe(404)
      expect(answer.body).toEqual({ message: `Not found: Hatoba does not emulate ${method} ${url} (${name})` })
      expect(answer.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
    await platform.close()
  })
})
