import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { join, openKey, openListed, type Person } from '../../core/cast.testing.ts'
import { startRest } from './rest-server.testing.ts'

let rest: Awaited<ReturnType<typeof startRest>>
let bob: Person
let omar: Person
beforeAll(async () => {
  rest = await startRest()
  bob = await join(rest.anna.as, 'bob')
  omar = await rest.enter('omar')
})
afterAll(() => rest.close())

describe('keys', () => {
  const make = (body: object, who = rest.anna) => rest.call('POST', 'api-keys/', body, who)

  it('are shown once, listed without their secret, and over when revoked', async () => {
    const { status, json } = await make({ name: 'CRM', scopes: ['read', 'read'] })
    const key = String(json.key)
    expect([status, json.scopes, key.startsWith('peyk_')]).toEqual([201, ['read'], true])
    const listed = await rest.call('GET', 'api-keys/')
    expect(listed.text).not.toContain(key)
    expect(listed.json).toMatchObject({
      results: expect.arrayContaining([expect.objectContaining({ id: json.id, name: 'CRM' })]),
    })
    const reads = async () => (await rest.ask('message/customers', { token: key })).status
    expect(await reads()).toBe(200)
    expect((await rest.ask('message/customers', { token: null, headers: { 'x-api-key': key } })).status).toBe(
      200,
    )
    expect((await rest.call('DELETE', `api-keys/${json.id}/`, undefined, omar)).status).toBe(404)
    expect((await rest.call('DELETE', `api-keys/${json.id}/`)).status).toBe(204)
    expect(await reads()).toBe(401)
  })

  it('end when they say', async () => {
    const expires_at = new Date(rest.clock.now() + 60_000).toISOString()
    const { json } = await make({ name: 'Short', scopes: ['read'], expires_at })
    const reads = async () => (await rest.ask('message/customers', { token: String(json.key) })).status
    expect(await reads()).toBe(200)
    rest.clock.advance(60_001)
    expect(await reads()).toBe(401)
    expect((await make({ name: 'Late', scopes: ['read'], expires_at })).status).toBe(400)
  })

  it.each([
    [{}],
    [{ name: ' ', scopes: ['read'] }],
    [{ name: 'x', scopes: [] }],
    [{ name: 'x', scopes: ['all'] }],
  ])('are not made of %j', async (body) => expect((await make(body)).status).toBe(400))

  it('are neither made nor seen by agents, nor by keys', async () => {
    const key = await openKey(rest.anna.as, ['messages', 'ai', 'read'])
    for (const who of [bob, key]) {
      expect((await make({ name: 'x', scopes: ['read'] }, who)).status).toBe(403)
      expect((await rest.call('GET', 'api-keys/', undefined, who)).status).toBe(403)
    }
  })

  it('open what their scopes say and nothing else, in their own workspace', async () => {
    const { id } = await openListed(rest.anna.as)
    const foreign = await openListed(omar.as)
    const send = (who: Person, to = id) =>
      rest.call('POST', `message/conversation/${to}/send-message/`, { content: 'hi' }, who)
    const [reader, writer] = [
      await openKey(rest.anna.as, ['read']),
      await openKey(rest.anna.as, ['messages']),
    ]
    const read = (who: Person) => rest.call('GET', 'message/user-messages', undefined, who)
    expect([(await read(reader)).status, (await send(reader)).status]).toEqual([200, 403])
    expect([(await read(writer)).status, (await send(writer)).status]).toEqual([403, 201])
    expect((await send(writer, foreign.id)).status).toBe(404)
    expect((await rest.call('GET', 'usr/profile', undefined, writer)).status).toBe(403)
  })
})

describe('channels', () => {
  it('are connected with their secrets, listed without, and disconnected by those who may', async () => {
    const connect = (token: string, who = rest.anna) =>
      rest.call('POST', 'channels/', { source: 'telegram', bot_token: token }, who)
    const token = `7000001:${'A'.repeat(35)}`
    expect((await connect(token, bob)).status).toBe(403)
    const { status, json } = await connect(token)
    expect([status, json.bot_username, json.webhook_url]).toEqual([
      201,
      'bot_7000001',
      'https://desk.example/api/v1/message/webhook/bot_7000001/',
    ])
    expect((await connect(token, omar)).status).toBe(409)
    expect((await connect('x')).status).toBe(400)
    const item = `channels/${json.id}/`
    const { text } = await rest.call('GET', item, undefined, bob)
    expect(text).not.toContain(String(json.webhook_secret))
    expect((await rest.call('GET', 'channels/')).text).not.toContain(token)
    expect((await rest.call('GET', item, undefined, omar)).status).toBe(404)
    expect((await rest.call('DELETE', item, undefined, bob)).status).toBe(403)
    expect((await rest.call('DELETE', item)).status).toBe(204)
    expect((await rest.call('GET', item)).json).not.toMatchObject({ is_connect: true })
  })
})

describe('people', () => {
  it('are listed, invited by those who may, and come in by the link that is theirs', async () => {
    const invite = (who: Person) =>
      rest.call('POST', 'workspace/invitations/', { email: 'omar@example.com', role: 'agent' }, who)
    expect((await invite(bob)).status).toBe(403)
    const { status, json } = await invite(rest.anna)
    expect(status).toBe(201)
    const accept = (who: Person) =>
      rest.call('POST', `invitations/${String(json.url).split('/').at(-1)}/accept/`, undefined, who)
    expect((await accept(bob)).status).toBe(404)
    expect((await accept(omar)).json).toEqual({ workspace_id: rest.anna.as.actor.workspaceId })
    expect((await accept(omar)).status).toBe(404)
    const { results } = (await rest.call('GET', 'workspace/members/')).json as {
      results: { name: string; role: string }[]
    }
    expect(results.map(({ name, role }) => `${name} ${role}`).sort()).toEqual([
      'anna owner',
      'bob agent',
      'omar agent',
    ])
  })
})
