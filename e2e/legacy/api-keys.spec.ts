import { expect } from '@playwright/test'
import { Cast, expectRefused, INSTANT, test } from '../support/cast.ts'
import { keysOf } from '../support/keys.ts'
import { listPath } from '../support/raw-socket.ts'
import { call, register, shareWorkspace } from '../support/rest.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const { makeKey, withKey, answerAs } = keysOf(() => cast)

test.describe('API keys', () => {
  test('a key is shown once, listed without its secret, and revoked at once', async () => {
    const made = await makeKey(['read'])
    expect(made).toEqual({
      id: expect.any(Number),
      name: 'for read',
      prefix: made.key.slice(0, String(made.prefix).length),
      scopes: ['read'],
      created_at: INSTANT,
      expires_at: null,
      last_used_at: null,
      key: expect.stringMatching(/^\S{30,}$/),
    })
    expect((await withKey(made.key, '/message/tags')).status).toBe(200)
    await expectRefused(cast.host, listPath(made.key))
    const list = await cast.rest('/api-keys/')
    expect(list.text).not.toContain(made.key)
    expect(list.json).toMatchObject({
      results: expect.arrayContaining([expect.objectContaining({ id: made.id, last_used_at: INSTANT })]),
    })
    expect((await cast.rest(`/api-keys/${made.id}/`, { method: 'DELETE', as: cast.b })).status).toBe(404)
    expect((await cast.rest(`/api-keys/${made.id}/`, { method: 'DELETE' })).status).toBe(204)
    expect((await withKey(made.key, '/message/tags')).status).toBe(401)
    expect((await cast.rest(`/api-keys/${made.id}/`, { method: 'DELETE' })).status).toBe(404)
    expect((await cast.rest('/api-keys/')).text).not.toContain(String(made.prefix))
  })

  test('each scope opens its own paths and no other; none opens accounts, keys or deleting', async () => {
    const keys = {
      read: await makeKey(['read']),
      messages: await makeKey(['messages']),
      ai: await makeKey(['ai']),
    }
    const id = cast.c1
    const paths: [path: string, method: string, body: unknown, scope: keyof typeof keys | null][] = [
      ['/message/user-conversation', 'GET', undefined, 'read'],
      ['/message/user-messages', 'GET', undefined, 'read'],
      [`/message/conversation-item/${id}/`, 'GET', undefined, 'read'],
      ['/message/customers', 'GET', undefined, 'read'],
      [`/message/conversation/${id}/send-message/`, 'POST', { content: 'by key' }, 'messages'],
      [`/message/conversation/${id}/status/`, 'PATCH', { status: 'support_active' }, 'messages'],
      [`/message/conversation/${id}/ai-message/`, 'POST', { content: 'by the bot' }, 'ai'],
      [`/message/conversation-item/${id}/`, 'DELETE', undefined, null],
      ['/message/customers/bulk-delete/', 'POST', { customer_ids: [], all: true }, null],
      ['/usr/profile', 'GET', undefined, null],
      ['/usr/logout', 'GET', undefined, null],
      ['/usr/delete-account', 'DELETE', undefined, null],
      ['/api-keys/', 'GET', undefined, null],
      ['/api-keys/', 'POST', { name: 'x', scopes: ['ai'] }, null],
      ['/channels/', 'POST', { source: 'telegram', bot_token: 'x' }, null],
      ['/workspace/invitations/', 'POST', { email: 'x@example.com' }, null],
    ]
    for (const [path, method, body, scope] of paths)
      for (const [name, { key }] of Object.entries(keys)) {
        const { status } = await withKey(key, path, body, method)
        if (name === scope) expect(status, `${name} ${method} ${path}`).toBeLessThan(300)
        else expect(status, `${name} ${method} ${path}`).toBe(403)
      }
    const { access } = cast.a
    const person = await call(cast.host, `/api/v1/message/conversation/${id}/ai-message/`, {
      token: access,
      body: { content: 'a person is no bot' },
    })
    expect(person.status).toBe(403)
  })

  test('a key acts in its workspace alone, opens no socket, and ends at its expiry', async () => {
    const { key } = await makeKey(['read', 'messages', 'ai'])
    expect(
      (await withKey(key, `/message/conversation/${cast.c9}/send-message/`, { content: 'x' })).status,
    ).toBe(404)
    expect((await answerAs(key, cast.c9, 'x')).status).toBe(404)
    const past = { name: 'late', scopes: ['read'], expires_at: '2020-01-01T00:00:00Z' }
    expect((await cast.rest('/api-keys/', { body: past })).status).toBe(400)
    for (const body of [
      {},
      { name: 'x' },
      { name: ' ', scopes: ['read'] },
      { name: 'x', scopes: [] },
      { name: 'x', scopes: ['all'] },
    ])
      expect((await cast.rest('/api-keys/', { body })).status, JSON.stringify(body)).toBe(400)
    const expires_at = new Date(Date.now() + 1_500).toISOString()
    const brief = await makeKey(['read'], { expires_at })
    expect((await withKey(brief.key, '/message/tags')).status).toBe(200)
    await expect.poll(async () => (await withKey(brief.key, '/message/tags')).status).toBe(401)
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expires_at))
    const agent = await register(cast.host, 'agent')
    await shareWorkspace(cast.host, cast.a, agent)
    const forA = await cast.rest('/api-keys/', { as: agent, body: { name: 'x', scopes: ['read'] } })
    expect(forA.status).toBe(403)
  })
})
