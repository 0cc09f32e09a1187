import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import { askControl, itemsOf, startCast, startHeard, startReceiver } from '../emulator.testing.ts'
import { startInstagramEmulator } from '../start.ts'
import { ROUTES } from './routes.ts'

describe('the control API over HTTP', () => {
  it('answers nobody without the key', async () => {
    await using cast = await startCast()
    const { emulator, shop, kim } = cast
    const paths = ['/state', '/accounts', `/accounts/${shop.id}/threads/${kim.igsid}/events`, '/nowhere']
    for (const key of [null, '', 'wrong', `${emulator.controlKey}x`]) {
      for (const path of paths) {
        expect(await askControl(emulator, path, { key })).toEqual({
          status: 401,
          body: { error: { code: 'unauthenticated', message: expect.any(String) } },
        })
      }
    }
    expect((await askControl(emulator, '/state')).status).toBe(200)
  })

  it('makes the cast, under ids of one’s own, as often as one likes', async () => {
    await using emulator = await startInstagramEmulator()
    const account = { id: '17841400000099', username: 'peyk.shop', name: 'Peyk' }
    const tokens = new Set<string>()
    for (const name of ['Peyk', 'Peyk', 'Peyk shop']) {
      const made = await askControl(emulator, '/accounts', { body: { ...account, name } })
      expect(made).toMatchObject({ status: 200, body: { ...account, name, subscribedFields: null } })
      tokens.add(made.body.token)
      await askControl(emulator, '/customers', { body: { id: 'sara', username: 'sara.m', name: 'سارا' } })
      await askControl(emulator, `/accounts/${account.id}/threads`, { body: { customerId: 'sara' } })
    }
    expect(tokens.size).toBe(1)
    expect((await askControl(emulator, '/accounts')).body.accounts).toHaveLength(1)
    expect((await askControl(emulator, '/customers')).body).toEqual({
      customers: [{ id: 'sara', username: 'sara.m', name: 'سارا', profile: 'visible' }],
    })
    const { threads } = (await askControl(emulator, `/accounts/${account.id}/threads`)).body
    expect(threads).toMatchObject([
      { igsid: expect.stringMatching(/^\d{16}$/), blocked: false, lastMessage: null },
    ])
  })

  it('lets both sides write, edit, react, see and unsend', async () => {
    await using cast = await startHeard()
    const { emulator, kim, shop } = cast
    const thread = `/accounts/${shop.id}/threads/${kim.igsid}`
    const written = await askControl(emulator, `${thread}/messages`, { body: { text: 'helo' } })
    const { mid } = written.body.message
    expect(written.body).toMatchObject({ deliveryId: 1, message: { from: 'customer', text: 'helo' } })
    const message = `${thread}/messages/${mid}`
    await askControl(emulator, message, { verb: 'PATCH', body: { text: 'hello' } })
    await askControl(emulator, `${message}/reaction`, { verb: 'PUT', body: { emoji: '❤️' } })
    const typed = await askControl(emulator, `${thread}/owner-messages`, { body: { text: 'welcome' } })
    await askControl(emulator, `${thread}/seen`, { body: {} })
    await askControl(emulator, `${thread}/postbacks`, { body: { title: 'A', payload: 'B' } })
    await askControl(emulator, `${thread}/referrals`, { body: { referral: { ref: 'x' } } })
    await askControl(emulator, message, { verb: 'DELETE' })
    await eventually(() => expect(emulator.snapshot().pendingDeliveries).toBe(0))
    const kinds = itemsOf(cast.receiver).map((item) => Object.keys(item).at(-1))
    expect(kinds).toEqual([
      'message',
      'message_edit',
      'reaction',
      'message',
      'read',
      'postback',
      'referral',
      'message',
    ])
    const { messages } = (await askControl(emulator, `${thread}/messages`)).body
    expect(messages).toMatchObject([
      { mid, unsent: true, edits: 1 },
      { text: 'welcome', via: 'app' },
    ])
    const newer = await askControl(emulator, `${thread}/messages?afterMid=${mid}&limit=5`)
    expect(newer.body.messages).toMatchObject([{ mid: typed.body.message.mid }])
    expect((await askControl(emulator, thread)).body).toMatchObject({ seenMid: typed.body.message.mid })
    const changed = await askControl(emulator, thread, {
      verb: 'PATCH',
      body: { blocked: true, deleted: true },
    })
    expect(changed.body).toMatchObject({ blocked: true, deleted: true })
  })

  it('stores a file as it comes, and shows it in a message', async () => {
    await using cast = await startHeard()
    const { emulator, kim, shop } = cast
    const upload = (bytes: Uint8Array<ArrayBuffer>, type: string) =>
      fetch(`${emulator.url}/control/media`, {
        method: 'POST',
        headers: { 'x-emulator-key': emulator.controlKey, 'content-type': type },
        body: bytes,
      })
    const bytes = new Uint8Array([0, 255, 128, 10])
    const { mediaId, size } = await (await upload(bytes, 'image/png')).json()
    expect(size).toBe(4)
    const body = { attachments: [{ type: 'image', mediaId }] }
    const written = await askControl(emulator, `/accounts/${shop.id}/threads/${kim.igsid}/messages`, { body })
    const file = await fetch(written.body.message.attachments[0].url)
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes)
    expect((await upload(bytes, 'nonsense')).status).toBe(400)
    expect((await upload(new Uint8Array(), 'image/png')).status).toBe(400)
  })

  it('sets up app, tokens, deliveries, faults and time', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast({ frozenAtMs: 1_000 })
    const { emulator, shop } = cast
    const put = (path: string, body: object) => askControl(emulator, path, { verb: 'PUT', body })
    expect(
      (await put('/callback', { url: receiver.url, verifyToken: 'the-verify-token' })).body,
    ).toMatchObject({
      verified: true,
    })
    expect((await askControl(emulator, '/app')).body).toMatchObject({ callbackUrl: receiver.url })
    const { secret } = (await askControl(emulator, '/app/secret', { verb: 'POST' })).body
    expect(secret).toBe(emulator.appSecret())
    const tokens = `/accounts/${shop.id}/tokens`
    expect((await askControl(emulator, tokens, { body: { kind: 'short' } })).body.expiresAtMs).toBe(3_601_000)
    expect((await askControl(emulator, tokens, { verb: 'DELETE', body: { subcode: 467 } })).body).toEqual({
      revoked: 2,
    })
    const patch = (path: string, body: object) => askControl(emulator, path, { verb: 'PATCH', body })
    expect((await patch(`/accounts/${shop.id}`, { humanAgent: false })).body).toMatchObject({
      humanAgent: false,
    })
    expect((await patch('/customers/kim', { profile: 'no_consent' })).body).toMatchObject({
      profile: 'no_consent',
    })
    const delivery = {
      paused: true,
      copies: 3,
      batch: 5,
      order: 'reversed',
      echo: 'off',
      numEditAs: 'string',
    }
    expect((await patch('/delivery', delivery)).body).toMatchObject({ ...delivery, connections: 1 })
    await put('/rate-limits', { enabled: true })
    await askControl(emulator, '/faults', { body: { kind: 'error', code: 190, op: 'send' } })
    expect((await askControl(emulator, '/faults')).body.faults).toMatchObject([{ code: 190, remaining: 1 }])
    expect((await askControl(emulator, '/travel', { body: { ms: 500 } })).body).toEqual({ nowMs: 1_500 })
    const posted = await askControl(emulator, '/posts', {
      body: { body: '{}', signature: 'wrong', copies: 2 },
    })
    expect(posted.body).toEqual({ statuses: [200, 200] })
    const event = { accountId: shop.id, list: 'changes', item: { field: 'messages' } }
    const { deliveryId } = (await askControl(emulator, '/events', { body: event })).body
    expect((await askControl(emulator, '/deliveries')).body.deliveries).toMatchObject([
      { id: deliveryId, state: 'waiting', attempts: 0, status: null },
    ])
    const again = await askControl(emulator, `/deliveries/${deliveryId}/redeliver`, { body: { copies: 2 } })
    expect(again.body).toEqual({ statuses: [200, 200] })
    expect((await askControl(emulator, '/state')).body).toMatchObject({
      nowMs: 1_500,
      pendingDeliveries: 1,
      rateLimits: true,
      accounts: [{ id: shop.id, liveTokens: 0, threads: 2 }],
    })
    await askControl(emulator, '/faults', { verb: 'DELETE' })
    await askControl(emulator, '/callback', { verb: 'DELETE' })
    await askControl(emulator, '/reset', { verb: 'POST' })
    expect((await askControl(emulator, '/state')).body).toMatchObject({ accounts: [], faults: [], calls: 0 })
  })

  it.each([
    ['POST', '/accounts', { name: 'No username' }, 'username'],
    ['POST', '/accounts', { username: 'not a username' }, 'username'],
    ['POST', '/accounts', { id: 'abc', username: 'shop' }, 'id'],
    ['POST', '/customers', { username: 7 }, 'username'],
    ['PATCH', '/delivery', { copies: 0 }, 'copies'],
    ['PATCH', '/delivery', { connections: 101 }, 'connections'],
    ['PATCH', '/delivery', { order: 'sideways' }, 'order'],
    ['POST', '/faults', { kind: 'explode' }, 'kind'],
    ['POST', '/faults', { kind: 'error' }, 'code'],
    ['POST', '/travel', { ms: -1 }, 'ms'],
    ['PUT', '/callback', { url: 'nowhere', verifyToken: 'x' }, 'url'],
    ['POST', '/events', { accountId: '1', list: 'entry', item: {} }, 'list'],
    ['POST', '/accounts', '{"username"', 'JSON'],
    ['POST', '/accounts', '[]', 'body'],
  ])('refuses %s %s with %j, by name', async (verb, path, body, name) => {
    await using emulator = await startInstagramEmulator()
    const answer = await askControl(emulator, path, { verb, body })
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } })
    expect(answer.body.error.message).toContain(name)
  })

  it('says what is not there, and what is not possible', async () => {
    await using cast = await startCast({ limits: { maxRequestBytes: 100, maxAccounts: 1 } })
    const { emulator, shop, kim } = cast
    const missing = ['/nowhere', '/accounts/1/threads', `/accounts/${shop.id}/threads/1`]
    for (const path of missing) expect((await askControl(emulator, path)).status).toBe(404)
    const none = `/accounts/${shop.id}/threads/${kim.igsid}/messages`
    expect((await askControl(emulator, `${none}?afterMid=none`)).status).toBe(404)
    expect((await askControl(emulator, `${none}/none`, { verb: 'DELETE' })).status).toBe(404)
    expect((await askControl(emulator, '/state', { verb: 'DELETE' })).status).toBe(405)
    expect((await askControl(emulator, '/accounts', { body: { username: 'x'.repeat(100) } })).status).toBe(
      413,
    )
    const full = await askControl(emulator, '/accounts', { body: { username: 'second' } })
    expect(full).toMatchObject({ status: 503, body: { error: { code: 'too_many_accounts' } } })
  })

  it('has one route for a verb and path', () => {
    const keys = ROUTES.map(({ verb, path }) => `${verb} ${path}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
