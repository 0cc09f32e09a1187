import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startCast, subscribe } from '../../emulators/instagram/emulator.testing.ts'
import { SUBSCRIBED_FIELDS } from './account.ts'
import { channelAt } from './graph.testing.ts'
import { createInstagram } from './platform.ts'

let cast: Awaited<ReturnType<typeof startCast>>
beforeAll(async () => {
  cast = await startCast()
})
afterEach(async () => {
  cast.emulator.clearFaults()
  await cast.graph('/v23.0/me/subscribed_apps', { verb: 'DELETE' })
})
afterAll(() => cast.emulator.close())

const fetchMedia = { open: () => Promise.reject(new Error('Nothing is to be fetched')) }
const shop = (root = cast.emulator.url) => ({
  ...channelAt(root),
  externalId: cast.shop.id,
  credentials: { token: cast.shop.token, webhookSecret: '' },
})
const open = (appSecret?: string) =>
  createInstagram({ graphRoot: 'http://nobody.invalid', version: 'v23.0', fetchMedia, app: { appSecret } })
const examine = (channel = shop()) => open('a secret').examine?.(channel)

const quiet = { url: null, pending: null, lastError: null, lastErrorAt: null }

test('an account that sends everything is told of as it is', async () => {
  await open().setWebhook(shop(), '')
  expect(await examine()).toEqual({
    token: 'accepted',
    words: null,
    account: cast.shop.id,
    webhook: { ...quiet, isSet: true, missing: [] },
    isSecretKnown: true,
    clockAheadMs: null,
  })
  expect(await open().examine?.(shop())).toMatchObject({ isSecretKnown: false })
})

test('an account that sends nothing, and one that does not send everything, are seen', async () => {
  expect(await examine()).toMatchObject({ webhook: { isSet: false, missing: SUBSCRIBED_FIELDS } })
  await subscribe(cast.emulator, cast.shop.token, ['messages', 'message_reactions'])
  const missing = SUBSCRIBED_FIELDS.filter((field) => !/^message(s|_reactions)$/.test(field))
  expect(await examine()).toMatchObject({ webhook: { isSet: true, missing } })
  await open().setWebhook(shop(), '')
  expect(await examine()).toMatchObject({ webhook: { missing: [] } })
})

test.each([458, 460, 463, 467])(
  'a token that is dead by %i is refused, and stands in no answer',
  async (subcode) => {
    cast.emulator.setFault({ kind: 'error', code: 190, subcode, times: 2 })
    const found = await examine()
    expect(found).toMatchObject({ token: 'refused', account: null, webhook: null })
    expect(found?.words).toContain('access token')
    expect(JSON.stringify(found)).not.toContain(cast.shop.token)
  },
)

test.each([4, 613, 2])('a refusal with code %i is none of the token', async (code) => {
  cast.emulator.setFault({ kind: 'error', code, times: 2 })
  expect(await examine()).toMatchObject({ token: 'unreachable', words: expect.stringContaining(`#${code}`) })
})

test('the token of another account is known by whose it is', async () => {
  const other = cast.emulator.createAccount({ username: 'other' })
  const channel = { ...shop(), credentials: { token: other.token, webhookSecret: '' } }
  expect(await examine(channel)).toMatchObject({ token: 'accepted', account: other.id, webhook: null })
})

test('a server that is not there cannot be reached', async () => {
  expect(await examine(shop('http://127.0.0.1:9'))).toMatchObject({
    token: 'unreachable',
    words: null,
    webhook: null,
  })
})
