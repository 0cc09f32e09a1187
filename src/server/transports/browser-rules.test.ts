import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { closeAnswer, openPage, type Surroundings, WRITTEN_STYLES } from './browser-rules.ts'

const PLAIN = { isHttps: false, isDev: false }

function answerOf(surroundings: Surroundings, host?: string) {
  const sent: Record<string, string> = {}
  const res = { setHeader: (name: string, value: string) => Object.assign(sent, { [name]: value }) }
  const req = { headers: { host } as Record<string, string | undefined> }
  closeAnswer(res as unknown as ServerResponse, surroundings)
  const closed = sent['content-security-policy']
  openPage(req as unknown as IncomingMessage, res as unknown as ServerResponse, surroundings)
  return { sent, closed, req, policy: sent['content-security-policy'] ?? '' }
}

it('lets nothing run in an answer that is no page', () => {
  const { closed, sent } = answerOf(PLAIN)
  expect(closed).toContain("default-src 'none'")
  expect(sent).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
})

it('gives every page a nonce of its own, which Next reads from the request', () => {
  const [first, second] = [answerOf(PLAIN), answerOf(PLAIN)]
  const nonce = /script-src [^;]*'nonce-([\w+/]{22}==)'/.exec(first.policy)?.[1]
  expect(nonce).toBeTruthy()
  expect(second.policy).not.toContain(nonce)
  expect(first.req.headers['content-security-policy']).toBe(first.policy)
})

it('allows no inline script, no inline style and no evaluation where people work', () => {
  expect(answerOf(PLAIN).policy).not.toContain('unsafe')
  expect(answerOf({ ...PLAIN, isDev: true }).policy).toContain('unsafe-eval')
})

it('speaks of https only where it is spoken', () => {
  expect(answerOf(PLAIN).sent['strict-transport-security']).toBeUndefined()
  expect(answerOf({ ...PLAIN, isHttps: true }).sent['strict-transport-security']).toMatch(/^max-age=\d{8}/)
})

it('names the page’s own sockets, and lets no host write itself into the policy', () => {
  expect(answerOf(PLAIN, 'desk.example:8000').policy).toContain("connect-src 'self' ws://desk.example:8000;")
  expect(answerOf({ ...PLAIN, isHttps: true }, '[::1]:8000').policy).toContain('wss://[::1]:8000;')
  for (const host of [undefined, 'evil; script-src *', 'a b', 'x/y', "evil 'unsafe-inline'"])
    expect(answerOf(PLAIN, host).policy, host).toContain("connect-src 'self';")
})

it('knows the style sheet of the sonner that is installed', () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('sonner'), 'utf8')
  const sheet = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1] ?? '""'
  const sums = ['', JSON.parse(sheet)].map((text) => createHash('sha256').update(text).digest('base64'))
  expect(sums.map((sum) => `'sha256-${sum}'`)).toEqual(WRITTEN_STYLES)
})
