import { expect, test } from '@playwright/test'
import { query } from '../support/database.ts'
import { embeddedUrl } from '../support/folder.ts'
import { expectNoSecrets, Shop } from '../support/shop.ts'
import { headersOf, Wire } from '../support/wire.ts'

test.describe.configure({ mode: 'default' })

const MAX_FAILED = 12
/** Our proxy is 127.0.0.1; whoever comes from elsewhere in 127.0.0.0/8 is anybody. */
const SETTINGS = {
  TRUSTED_PROXIES: '127.0.0.1',
  MAX_FAILED_AUTH_ATTEMPTS: String(MAX_FAILED),
}

let shop: Shop
test.beforeAll(async () => {
  shop = await Shop.open(7_600_009, SETTINGS)
})
test.afterAll(() => shop?.close())

const PROFILE = '/api/v1/usr/profile'

/** A request from an address of this machine's own, with the headers as they are given, repeated ones too. */
async function ask(from: string, headers: [string, string][], path = PROFILE, token = shop.owner.access) {
  const wire = new Wire(shop.host, from)
  const lines = headers.map((line) => `${line.join(': ')}\r\n`).join('')
  const own = headersOf({ Host: shop.host, Connection: 'close', Authorization: `Bearer ${token}` })
  wire.write(`GET ${path} HTTP/1.1\r\n${own}${lines}\r\n`)
  await wire.over()
  wire.end()
  return wire.status
}

async function login(from: string, headers: [string, string][], name: string, password: string) {
  const wire = new Wire(shop.host, from)
  const body = JSON.stringify({ email_or_username: name, password })
  const own = { Host: shop.host, Connection: 'close', 'Content-Type': 'application/json' }
  const lines = headers.map((line) => `${line.join(': ')}\r\n`).join('')
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`
  wire.write(`POST /api/v1/usr/login HTTP/1.1\r\n${headersOf(own)}${length}${lines}\r\n${body}`)
  await wire.over()
  wire.end()
  return { status: wire.status, text: wire.received.toString('utf8') }
}

/** Every way in which somebody may claim to be another, or nobody. */
const claims = (other: string): [string, string][][] => [
  [['X-Forwarded-For', other]],
  [['X-Forwarded-For', `${other}, 198.51.100.77`]],
  [['X-Forwarded-For', `${other}:4711`]],
  [
    ['X-Forwarded-For', other],
    ['X-Forwarded-For', '198.51.100.78'],
  ],
  [['X-Forwarded-For', `::ffff:${other}`]],
  [['X-Forwarded-For', '[2001:db8::1]:4711']],
  [['X-Forwarded-For', 'unknown, _hidden, <script>']],
  [['X-Forwarded-For', '']],
  [['x-FORWARDED-for', other]],
  [['X-Real-IP', other]],
  [['X-Client-IP', other]],
  [['CF-Connecting-IP', other]],
  [['True-Client-IP', other]],
  [['Forwarded', `for=${other};proto=https`]],
  [['Forwarded', 'for="[2001:db8::1]:4711"']],
  [
    ['Forwarded', `for=${other}`],
    ['X-Forwarded-For', other],
    ['X-Real-IP', other],
  ],
  [['X-Forwarded-For', Array.from({ length: 200 }, () => other).join(', ')]],
]

test('nobody gets past a block by claiming another address, and nobody is blocked by such a claim', async () => {
  const [attacker, victim] = ['127.0.0.66', '203.0.113.5']
  for (let index = 0; index < MAX_FAILED; index++)
    expect(await ask(attacker, [], PROFILE, 'nonsense')).toBe(401)
  expect(await ask(attacker, [])).toBe(403)
  for (const headers of claims(victim))
    expect.soft(await ask(attacker, headers), JSON.stringify(headers).slice(0, 90)).toBe(403)
  // Blocked or not, what was claimed meanwhile counts against nobody.
  const other = '127.0.0.67'
  for (const headers of claims(victim)) await ask(other, headers, PROFILE, 'nonsense')
  expect(await ask('127.0.0.1', [['X-Forwarded-For', victim]])).toBe(200)
  expect(await ask('127.0.0.1', [])).toBe(200)
})

test('what our proxy says is believed in every spelling, and only as far as it has seen', async () => {
  const proxy = '127.0.0.1'
  const failing = (value: string) => ask(proxy, [['X-Forwarded-For', value]], PROFILE, 'nonsense')
  const asked = (value: string) => ask(proxy, [['X-Forwarded-For', value]])
  const failed = [
    '203.0.113.40',
    '203.0.113.40:51000',
    '::ffff:203.0.113.40',
    '[::ffff:203.0.113.40]:443',
    '9.9.9.9, ::ffff:cb00:7128',
  ]
  for (let index = 0; index < MAX_FAILED; index++)
    expect(await failing(failed[index % failed.length] ?? '')).toBe(401)
  for (const spelling of [
    '203.0.113.40',
    '1.1.1.1, 203.0.113.40',
    '203.0.113.40, 127.0.0.1',
    ' 203.0.113.40:1 ',
    '::FFFF:203.0.113.40',
    '::ffff:cb00:7128',
    '0:0:0:0:0:ffff:203.0.113.40',
  ])
    expect.soft(await asked(spelling), spelling).toBe(403)
  expect(
    await ask(proxy, [
      ['X-Forwarded-For', '1.1.1.1'],
      ['X-Forwarded-For', '203.0.113.40'],
    ]),
  ).toBe(403)
  for (const spelling of ['203.0.113.41', '203.0.113.40, 203.0.113.41', '203.0.113.40, nonsense'])
    expect.soft(await asked(spelling), spelling).toBe(200)

  const inOneNetwork = ['2001:db8:7:7::1', '2001:db8:7:7:a:b:c:d', '2001:db8:7:7::', '[2001:db8:7:7::9]:1']
  for (let index = 0; index < MAX_FAILED; index++)
    expect(await failing(inOneNetwork[index % inOneNetwork.length] ?? '')).toBe(401)
  for (const spelling of ['2001:db8:7:7::1234', '2001:DB8:7:7:0:0:0:1', '[2001:db8:7:7::5]:4711'])
    expect.soft(await asked(spelling), spelling).toBe(403)
  expect(await asked('2001:db8:7:8::1')).toBe(200)
})

test('many accounts tried from one address have to wait, whatever address it claims, and another may sign in', async () => {
  const thief = '127.0.0.70'
  const answers: number[] = []
  for (let index = 0; index < 31; index++) {
    const headers = claims(`198.51.100.${index}`)[index % claims('').length] ?? []
    answers.push((await login(thief, headers, `victim-${index}@example.com`, 'Spring2026!')).status)
  }
  expect(answers.slice(0, 30)).toEqual(answers.slice(0, 30).map(() => 400))
  expect(answers[30]).toBe(429)
  const refused = await login(thief, [], shop.owner.login, shop.owner.password)
  expect(refused.status, 'even with the right password').toBe(429)
  expect(refused.text).toMatch(/retry-after: [1-9]\d*\r\n/i)
  expect((await login('127.0.0.71', [], shop.owner.login, shop.owner.password)).status).toBe(200)
})

test('only addresses that were seen are recorded', async () => {
  const rows = () =>
    query(
      embeddedUrl(shop.dataDir),
      "SELECT DISTINCT address FROM security_event WHERE address IS NOT NULL AND address <> ''",
    )
  await expect.poll(async () => JSON.stringify(await rows())).toContain('127.0.0.70')
  const addresses = (await rows()).map(({ address }) => String(address))
  const seen = /^(127\.0\.0\.(1|66|67|70|71)|203\.0\.113\.4[01]|2001:db8:7:7:|::ffff:)/
  expect(addresses.filter((address) => !seen.test(address))).toEqual([])
  expect(addresses.join()).not.toMatch(/198\.51\.100|script|unknown/)
})

test('a name that exists and one that does not are refused in the same words', async () => {
  const known = await login('127.0.0.80', [], shop.owner.login, 'a wrong password')
  const unknown = await login('127.0.0.80', [], 'nobody-here', 'a wrong password')
  const bare = (text: string) => text.replace(/^date: .*\r\n/im, '')
  expect(bare(known.text)).toBe(bare(unknown.text))
  expect(known.status).toBe(400)
})

test('none of it put a secret into the log', () => expectNoSecrets(shop.node.output, shop.secrets))
