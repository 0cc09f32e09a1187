import { expect, test } from '@playwright/test'
import { WebSocket } from 'ws'
import { countRows } from '../support/database.ts'
import { embeddedUrl } from '../support/folder.ts'
import { chatPath } from '../support/raw-socket.ts'
import { call } from '../support/rest.ts'
import { Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

let shop: Shop
test.beforeAll(async () => {
  shop = await Shop.open(7_600_095)
})
test.afterAll(() => shop.close())

type Headers = Record<string, string>

const foreignOrigins = () => {
  const [host, port] = shop.host.split(':')
  return [
    'https://evil.example',
    'null',
    `http://${shop.host}.evil.example`,
    `http://${host}:${Number(port) + 1}`,
    `http://evil-${shop.host}`,
    `http://${shop.host}@evil.example`,
    `http://${shop.host}, http://evil.example`,
  ]
}

/** Whatever is asked for, no row of the database changes. */
const changeNothing = async (work: () => Promise<void>) => {
  const url = embeddedUrl(shop.dataDir)
  const before = await countRows(url)
  await work()
  expect(await countRows(url)).toEqual(before)
}

test('every answer carries the rules of its kind', async () => {
  const { cookie } = shop.console
  const data = [
    '/healthz',
    '/api/v1/openapi.json',
    '/api/v1/nowhere',
    '/trpc/people.me',
    '/trpc/nowhere',
    '/api/auth/csrf',
  ]
  const pages = ['/login', '/register', '/inbox', '/settings/people', '/nowhere', '/invitations/nobody', '/']
  for (const path of [...data, ...pages, shop.bot.path, '/%ff', '/icon.svg']) {
    const { headers, status } = await call(shop.host, path, { headers: { cookie } })
    const policy = String(headers['content-security-policy'])
    expect.soft(headers['x-content-type-options'], path).toBe('nosniff')
    expect.soft(headers['x-frame-options'], path).toBe('DENY')
    expect.soft(headers['cross-origin-opener-policy'], path).toBe('same-origin')
    expect.soft(headers['cross-origin-resource-policy'], path).toBe('same-origin')
    expect.soft(headers['permissions-policy'], path).toContain('camera=()')
    expect.soft(policy, path).toContain("frame-ancestors 'none'")
    expect.soft(policy, path).not.toContain('unsafe')
    expect.soft(headers['x-powered-by'], path).toBeUndefined()
    expect.soft(headers['strict-transport-security'], path).toBeUndefined()
    if (data.includes(path))
      expect.soft(policy, path).toContain("default-src 'none'; base-uri 'none'; form-action 'none'")
    if (data.includes(path)) expect.soft(headers['cache-control'], path).toBe('no-store')
    if (pages.includes(path) && status === 200) expect.soft(policy, path).toMatch(/script-src 'self' 'nonce-/)
  }
})

test('a page’s scripts all carry the nonce of its own answer, which no request can choose', async () => {
  const seen = new Set<string>()
  for (let round = 0; round < 3; round++) {
    const headers = { 'content-security-policy': "script-src 'nonce-chosen'" }
    const { text, headers: answered } = await call(shop.host, '/login', { headers })
    const nonce = /'nonce-([^']+)'/.exec(String(answered['content-security-policy']))?.[1] ?? ''
    const scripts = text.match(/<script\b[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(3)
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
    expect(text).not.toContain('chosen')
    expect(text).not.toMatch(/<[^>]+\sstyle="/)
    seen.add(nonce)
  }
  expect(seen.size).toBe(3)
})

test('the cookies are for this host and for no script', async () => {
  const csrf = await call(shop.host, '/api/auth/csrf')
  for (const line of [csrf.headers['set-cookie'] ?? []].flat())
    expect(line).toMatch(/Path=\/.*HttpOnly.*SameSite=Lax/i)
  expect(shop.console.cookie).toContain('next-auth.session-token=')
  const rest = await call(shop.host, '/api/v1/usr/profile', { headers: { cookie: shop.console.cookie } })
  expect(rest.status, 'REST and the console’s cookie').toBe(401)
})

test('nothing changes for a page of another origin, whatever it sends', () =>
  changeNothing(async () => {
    const { cookie, headers: own } = shop.console
    const body = { name: 'Stolen', scopes: ['read'] }
    const foreign: Headers[] = [
      ...foreignOrigins().map((origin) => ({ cookie, origin })),
      { cookie },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { ...own, 'sec-fetch-site': 'same-site' },
    ]
    const paths = ['/trpc/keys.create', '/api/auth/signout', '/inbox', '/downloads/customers/1']
    for (const path of paths)
      for (const headers of foreign)
        expect
          .soft((await call(shop.host, path, { body, headers })).status, `${path} ${JSON.stringify(headers)}`)
          .toBe(403)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect
        .soft(
          (await call(shop.host, '/trpc/keys.create', { body, headers: { ...own, 'content-type': type } }))
            .status,
        )
        .toBe(415)
    const get = `/trpc/keys.create?input=${encodeURIComponent(JSON.stringify(body))}`
    expect.soft((await call(shop.host, get, { headers: own })).status, 'a mutation by GET').toBe(405)
    for (const path of [
      '/api/auth/signout',
      '/api/auth/callback/credentials?login=a&password=b',
      '/api/auth/signin',
    ])
      await call(shop.host, path, { headers: own })
    const legacy = { cookie: `HTTP_ACCESS=${encodeURIComponent(`Bearer ${shop.owner.access}`)}` }
    const strangers: Headers[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const more of strangers)
      expect
        .soft((await call(shop.host, '/api/v1/usr/logout', { headers: { ...legacy, ...more } })).status)
        .toBe(403)
    expect((await call(shop.host, '/trpc/people.me', { headers: own })).status).toBe(200)
    expect((await call(shop.host, '/api/v1/usr/profile', { token: shop.owner.access })).status).toBe(200)
  }))

const upgrade = (path: string, headers: Record<string, string>) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(`ws://${shop.host}${path}`, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0))
    socket.on('error', () => {})
  })

test('a socket by the cookie opens for our own page alone, and is refused before it is one', async () => {
  const { cookie, headers: own } = shop.console
  expect(await upgrade('/trpc', own)).toBe(101)
  for (const origin of foreignOrigins())
    expect.soft(await upgrade('/trpc', { cookie, origin }), origin).toBe(403)
  expect(await upgrade('/trpc', { cookie })).toBe(403)
  expect(await upgrade('/trpc', { ...own, 'sec-fetch-site': 'cross-site' })).toBe(403)
})

test('a sign-in leads nowhere but to this site', async () => {
  const { headers } = shop.console
  for (const to of [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'https://evil.example',
    '%2f%2fevil.example',
    '/%2f%2fevil.example',
    `http://${shop.host}@evil.example`,
    `http://${shop.host}.evil.example/`,
    '/inbox\r\nSet-Cookie: a=b',
    'javascript:alert(1)',
    'data:text/html,x',
  ]) {
    const query = encodeURIComponent(to)
    for (const path of [
      `/login?next=${query}`,
      `/register?next=${query}`,
      `/login?callbackUrl=${query}`,
      `/api/auth/signin?callbackUrl=${query}`,
      `/api/auth/signout?callbackUrl=${query}`,
      `/api/auth/error?callbackUrl=${query}&error=${query}`,
    ]) {
      const answer = await call(shop.host, path, { headers })
      expect.soft(answer.status, path).toBeLessThan(500)
      const place = String(answer.headers.location ?? '/')
      expect.soft(new URL(place, `http://${shop.host}`).hostname, path).toMatch(/^(127\.0\.0\.1|localhost)$/)
      const cookies = [answer.headers['set-cookie'] ?? []].flat().map(decodeURIComponent).join('\n')
      expect.soft(cookies, path).not.toMatch(/evil|javascript:|\na=b/)
    }
  }
})

test('what a request says gets into the log as one line of JSON, and no token does', async () => {
  const { host, owner, node } = shop
  const evil = 'name\r\n{"level":50,"msg":"forged"}\u001b[31m\u2028\u0085'
  const token = owner.access
  const seen = node.output.length
  await shop.bot.write(host, 977, evil, { first_name: evil, username: evil })
  await call(host, `/api/v1/nowhere${encodeURIComponent(evil)}?token=${token}`, { token })
  await call(host, `/nowhere/${encodeURIComponent(evil)}?token=${token}`, {
    headers: { 'user-agent': '\x80\x9b31mred' },
  })
  await call(host, '/%0d%0a{"level":50}%1b[31m')
  await call(host, '/inbox', {
    method: 'POST',
    body: 'x',
    headers: { 'next-action': '{"level":50}', 'content-type': 'text/plain' },
  })
  await call(host, '/trpc/messages.list?input=%0d%0aforged')
  await call(host, '/api/auth/session', { headers: { cookie: 'next-auth.session-token=forged' } })
  await upgrade(`${chatPath('nothere', token)}&x=%0d%0aforged`, {})
  await shop.console.conversationWith(977)
  const lines = node.output.slice(seen).split('\n').filter(Boolean)
  expect(lines.filter((line) => /[\u0000-\u001f\u007f-\u009f]/.test(line))).toEqual([])
  expect(lines.filter((line) => line.includes('"msg":"forged"'))).toEqual([])
  expect(node.output).not.toContain(token)
})
