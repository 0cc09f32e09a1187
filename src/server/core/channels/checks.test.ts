import { describe, expect, it } from 'vitest'
import { CHECK_FINDINGS } from '../../contract/channel-health.ts'
import { BEGINNING } from '../context.testing.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { Examination } from '../ports/platform.ts'
import type { Facts } from './check.ts'
import { checksOf, MANY_CUSTOMERS } from './checks.ts'
import { MANY_PENDING } from './platform-checks.ts'

const NOW = BEGINNING
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString()
const DAY = 24 * 60

const channel: StoredChannel = {
  id: 1,
  workspaceId: 1,
  source: 'telegram',
  name: 'Shop',
  username: 'shop_bot',
  externalId: '5',
  apiRoot: null,
  isConnect: true,
  stoppedReason: null,
  createdAt: ago(30 * DAY),
  credentials: { token: '5:secret-token', webhookSecret: 'whisper' },
  settings: {},
  tokenExpiresAt: null,
  provedAt: ago(1),
}
type Told = NonNullable<Examination['webhook']>
const webhook: Told = {
  url: 'https://peyk.test/hook',
  isSet: true,
  pending: 0,
  lastError: null,
  lastErrorAt: null,
  missing: [],
}
const well: Examination = {
  token: 'accepted',
  words: null,
  account: '5',
  webhook,
  isSecretKnown: null,
  clockAheadMs: 0,
}
const quiet = { waiting: 0, waitingSince: null, failed: 0, failedCustomers: 0, lastFailedAt: null }

interface Case {
  of?: Partial<StoredChannel>
  examination?: Partial<Examination> | null
  hook?: Partial<Told>
  facts?: Partial<Facts>
}

function look({ of = {}, examination = {}, hook = {}, facts = {} }: Case) {
  const found = examination && { ...well, webhook: { ...webhook, ...hook }, ...examination }
  return checksOf({
    channel: { ...channel, ...of },
    now: NOW,
    examination: found,
    queue: quiet,
    way: 'webhook',
    isOurs: (url) => url === webhook.url,
    refusedAt: null,
    isContested: false,
    ...facts,
  })
}

const onInstagram = (hook: Partial<Told> = {}, isSecretKnown = true): Case => ({
  of: { source: 'instagram' },
  examination: {
    isSecretKnown,
    clockAheadMs: null,
    webhook: { ...webhook, url: null, pending: null, ...hook },
  },
})

const isWell = ({ state }: { state: string }) => state === 'ok'

describe('a channel that works', () => {
  it('has nothing to repair, whoever brings its events', () => {
    expect(look({}).filter((one) => !isWell(one) || one.remedy)).toEqual([])
    const polled = look({ facts: { way: 'polled' }, hook: { url: null, isSet: false } })
    expect(polled.filter((one) => !isWell(one))).toEqual([])
    expect(polled.map(({ code }) => code)).not.toContain('secret')
    const settings = { allowedOrigins: ['https://shop.example'] }
    const instagram = look(onInstagram())
    expect(instagram.filter((one) => !isWell(one))).toEqual([])
    // Instagram tells neither what waits nor what went wrong, and so nothing is said of it.
    expect(instagram.map(({ code }) => code)).not.toContain('pending')
    expect(instagram.map(({ code }) => code)).not.toContain('last_error')
    const website = look({ of: { source: 'website', settings }, examination: null, facts: { way: 'none' } })
    expect(website.map(({ code, state }) => [code, state])).toEqual([
      ['origins', 'ok'],
      ['proof', 'ok'],
    ])
  })

  it('shows no token, no secret and no path of somebody else’s', () => {
    const shown = JSON.stringify(look({ hook: { url: 'https://other.example/their-secret?key=1' } }))
    expect(shown).toContain('https://other.example')
    for (const secret of ['their-secret', 'key=1', '5:secret-token', 'whisper'])
      expect(shown).not.toContain(secret)
  })
})

const late = { ...quiet, waiting: 3, waitingSince: ago(6) }

it.each<[string, Case, { code: string; state: string; finding: string; remedy: string | null }]>([
  [
    'a stopped channel',
    { of: { isConnect: false, stoppedReason: 'Unauthorized' } },
    { code: 'connection', state: 'broken', finding: 'stopped', remedy: 'reconnect' },
  ],
  [
    'a refused token',
    { examination: { token: 'refused', words: 'Unauthorized', account: null, webhook: null } },
    { code: 'token', state: 'broken', finding: 'refused', remedy: 'reconnect' },
  ],
  [
    'a platform that does not answer',
    { examination: { token: 'unreachable', account: null, webhook: null } },
    { code: 'token', state: 'unknown', finding: 'unreachable', remedy: null },
  ],
  [
    'a token of another bot',
    { examination: { account: '6' } },
    { code: 'token', state: 'broken', finding: 'other_account', remedy: 'reconnect' },
  ],
  [
    'a webhook that is not set',
    { hook: { isSet: false } },
    { code: 'webhook', state: 'broken', finding: 'missing', remedy: 'set_webhook' },
  ],
  [
    'a webhook that leads elsewhere',
    { hook: { url: 'https://other.example/x' } },
    { code: 'webhook', state: 'broken', finding: 'elsewhere', remedy: 'set_webhook' },
  ],
  [
    'a webhook where updates are asked for',
    { facts: { way: 'polled' } },
    { code: 'webhook', state: 'broken', finding: 'in_the_way', remedy: 'remove_webhook' },
  ],
  [
    'somebody else who asks for its updates',
    { hook: { url: null, isSet: false }, facts: { way: 'polled', isContested: true } },
    { code: 'webhook', state: 'warning', finding: 'contested', remedy: null },
  ],
  [
    'a webhook of which nothing is told',
    { examination: { webhook: null } },
    { code: 'webhook', state: 'unknown', finding: 'untold', remedy: null },
  ],
  [
    'a secret that is refused',
    {
      hook: {
        pending: 2,
        lastError: 'Wrong response from the webhook: 401 Unauthorized',
        lastErrorAt: ago(2),
      },
    },
    { code: 'secret', state: 'broken', finding: 'refused', remedy: 'set_webhook' },
  ],
  [
    'somebody with a wrong secret since it was last seen to work',
    { of: { provedAt: ago(10) }, facts: { refusedAt: ago(2) } },
    { code: 'secret', state: 'warning', finding: 'tried', remedy: 'set_webhook' },
  ],
  [
    'kinds of updates that are not asked for',
    { hook: { missing: ['message_reaction'] } },
    { code: 'updates', state: 'warning', finding: 'incomplete', remedy: 'set_webhook' },
  ],
  [
    'an account that sends nothing',
    onInstagram({ isSet: false }),
    { code: 'webhook', state: 'broken', finding: 'unsubscribed', remedy: 'subscribe' },
  ],
  [
    'an account that does not send everything',
    onInstagram({ missing: ['messaging_seen'] }),
    { code: 'updates', state: 'warning', finding: 'unsubscribed', remedy: 'subscribe' },
  ],
  [
    'an application without its secret',
    onInstagram({}, false),
    { code: 'secret', state: 'broken', finding: 'unset', remedy: null },
  ],
  [
    'events that the application did not sign',
    { ...onInstagram(), of: { source: 'instagram', provedAt: ago(10) }, facts: { refusedAt: ago(2) } },
    { code: 'secret', state: 'warning', finding: 'unsigned', remedy: null },
  ],
  [
    'much that waits at the platform',
    { hook: { pending: MANY_PENDING + 1 } },
    { code: 'pending', state: 'warning', finding: 'many', remedy: null },
  ],
  [
    'an error a moment ago',
    { hook: { pending: 1, lastError: 'Connection refused', lastErrorAt: ago(2) } },
    { code: 'last_error', state: 'warning', finding: 'recent', remedy: null },
  ],
  [
    'a clock that goes wrong',
    { examination: { clockAheadMs: -31_000 } },
    { code: 'clock', state: 'warning', finding: 'different', remedy: null },
  ],
  [
    'answers that wait long',
    { facts: { queue: late } },
    { code: 'queue', state: 'warning', finding: 'waiting', remedy: 'retry_deliveries' },
  ],
  [
    'answers that wait for the channel',
    { of: { isConnect: false }, facts: { queue: { ...late, waitingSince: ago(1) } } },
    { code: 'queue', state: 'warning', finding: 'waiting', remedy: 'reconnect' },
  ],
  [
    'answers that failed',
    { facts: { queue: { ...quiet, failed: 4, failedCustomers: MANY_CUSTOMERS, lastFailedAt: ago(9) } } },
    { code: 'failures', state: 'warning', finding: 'some', remedy: null },
  ],
  [
    'a token that dies in a week',
    { of: { source: 'instagram', tokenExpiresAt: ago(-7 * DAY) } },
    { code: 'expiry', state: 'warning', finding: 'near', remedy: 'renew_token' },
  ],
  [
    'a token that died',
    { of: { source: 'instagram', tokenExpiresAt: ago(1) } },
    { code: 'expiry', state: 'broken', finding: 'over', remedy: 'reconnect' },
  ],
  [
    'a website without pages',
    { of: { source: 'website' }, examination: null },
    { code: 'origins', state: 'broken', finding: 'none', remedy: 'name_origins' },
  ],
  [
    'a channel of which nothing was heard for long',
    { of: { provedAt: ago(8 * DAY) } },
    { code: 'proof', state: 'unknown', finding: 'long_ago', remedy: null },
  ],
  [
    'a channel of which nothing was ever heard',
    { of: { provedAt: null } },
    { code: 'proof', state: 'unknown', finding: 'never', remedy: null },
  ],
])('%s is found, and says what helps', (_, given, expected) => {
  expect(look(given)).toContainEqual(expect.objectContaining(expected))
})

it.each<[string, Case, string]>([
  ['a hundred updates that wait', { hook: { pending: MANY_PENDING } }, 'pending'],
  [
    'an error after which everything was brought',
    { hook: { pending: 0, lastError: '401 Unauthorized', lastErrorAt: ago(2) } },
    'secret',
  ],
  ['an old error', { hook: { pending: 1, lastError: 'x', lastErrorAt: ago(61) } }, 'last_error'],
  ['a wrong secret before the last proof', { facts: { refusedAt: ago(2) } }, 'secret'],
  ['a clock that is half a minute off', { examination: { clockAheadMs: 30_000 } }, 'clock'],
  ['answers on their way', { facts: { queue: { ...late, waitingSince: ago(4) } } }, 'queue'],
  [
    'answers that failed for a customer or two',
    { facts: { queue: { ...quiet, failed: 9, failedCustomers: MANY_CUSTOMERS - 1, lastFailedAt: ago(9) } } },
    'failures',
  ],
  ['a token that lives for weeks', { of: { tokenExpiresAt: ago(-11 * DAY) } }, 'expiry'],
  ['a new channel that was never seen to work', { of: { provedAt: null, createdAt: ago(5) } }, 'proof'],
])('%s is no fault', (_, given, code) => {
  expect(look(given).find((one) => one.code === code)).toMatchObject({ state: 'ok' })
})

it('finds nothing that the interface has no sentence for', () => {
  for (const { code, finding } of look({ facts: { way: 'polled' } }))
    expect(CHECK_FINDINGS[code]).toContain(finding)
})
