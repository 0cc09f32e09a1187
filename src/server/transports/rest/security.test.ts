import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ListAudit } from '../../contract/audit.ts'
import { join, openKey, openListed, type Person } from '../../core/cast.testing.ts'
import { startRest } from './rest-server.testing.ts'

let rest: Awaited<ReturnType<typeof startRest>>
/** Anna runs the instance, for she came first. */
let bob: Person
let adam: Person
let omar: Person
beforeAll(async () => {
  rest = await startRest()
  bob = await join(rest.anna.as, 'bob')
  adam = await join(rest.anna.as, 'adam', 'admin')
  omar = await rest.enter('omar')
})
afterAll(() => rest.close())

const idOf = ({ as }: Person) => as.actor.userId
const get = (path: string, who?: Person) => rest.call('GET', `security/${path}`, undefined, who)
const post = (body: object, who?: Person) => rest.call('POST', 'security/blacklist/', body, who)
const remove = (ip: string, who?: Person) => rest.call('DELETE', `security/blacklist/${ip}/`, undefined, who)

describe('figures', () => {
  it('are told for the hours that are asked, whole or in parts', async () => {
    expect((await get('summary/')).json).toMatchObject({ timeframe_hours: 24 })
    expect((await get('summary/?hours=0.5', bob)).json).toMatchObject({ timeframe_hours: 0.5 })
    expect((await get(`users/${idOf(bob)}/stats/?hours=48`, bob)).json).toMatchObject({ period_hours: 48 })
  })

  it.each(['0', '-1', 'x', '', '1e3', '2161', 'NaN', '1,5'])('are refused for %j hours', async (hours) => {
    const { status, json } = await get(`summary/?hours=${hours}`)
    expect([status, json.error]).toEqual([400, expect.stringContaining('hours')])
    expect((await get(`users/${idOf(rest.anna)}/stats/?hours=${hours}`)).status).toBe(400)
  })

  it('count wrong tokens for whoever runs the instance, and show nobody else an address', async () => {
    const failed = async (who?: Person) => (await get('summary/', who)).json.failed_authentications as number
    const before = await failed()
    expect((await rest.ask('usr/profile', { token: 'wrong' })).status).toBe(401)
    expect(await failed()).toBe(before + 1)
    expect(await failed(omar)).toBe(0)
  })

  it('count no token that was good once: a client that forgot to sign in again attacks nobody', async () => {
    const failed = async () => (await get('summary/')).json.failed_authentications as number
    const before = await failed()
    const gone = await rest.enter('gone')
    expect((await rest.call('GET', 'usr/logout', undefined, gone)).status).toBe(200)
    expect((await rest.call('GET', 'usr/profile', undefined, gone)).status).toBe(401)
    expect(await failed()).toBe(before)
  })

  it('of a person are theirs, their admins’, and not there for anybody else', async () => {
    const { id } = await openListed(rest.anna.as)
    await rest.call('POST', `message/conversation/${id}/send-message/`, { content: 'hi' }, bob)
    for (const who of [bob, adam, rest.anna])
      expect((await get(`users/${idOf(bob)}/stats/`, who)).json).toMatchObject({ messages_sent: 1 })
    expect((await get(`users/${idOf(bob)}/activity/`, adam)).json).toMatchObject({ user_id: idOf(bob) })
    for (const path of ['stats', 'activity']) {
      expect((await get(`users/${idOf(bob)}/${path}/`, omar)).status).toBe(404)
      expect((await get(`users/${idOf(rest.anna)}/${path}/`, bob)).status).toBe(404)
      expect((await get(`users/999999/${path}/`)).status).toBe(404)
      expect((await get(`users/x/${path}/`)).status).toBe(404)
    }
  })

  it('are told to no key', async () => {
    const key = await openKey(rest.anna.as, ['read', 'messages', 'ai'])
    for (const path of ['summary/', `users/${idOf(rest.anna)}/stats/`, 'blacklist/'])
      expect((await get(path, key)).status).toBe(403)
  })
})

describe('the blacklist', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9', '203.0.113.9'],
    ['198.51.100.7/24', '198.51.100.0/24', '198.51.100.0/24'],
    ['198.51.101.0/24', '198.51.101.0/24', '198.51.101.0%2F24'],
    ['2001:DB8::1', '2001:db8::/64', '2001:db8::5'],
    ['2001:db8:1::1/128', '2001:db8:1::1/128', '2001:db8:1::1/128'],
  ])('takes %s, lists it and lets it in again', async (given, ip, spelled) => {
    const made = await post({ ip: given, hours: 0.5, reason: ' noise ' })
    expect([made.status, made.json.ip, made.json.reason]).toEqual([201, ip, 'noise'])
    const { created_at, expires_at } = made.json as Record<string, string>
    expect(Date.parse(expires_at ?? '') - rest.clock.now()).toBe(1_800_000)
    expect(Date.parse(created_at ?? '')).toBeLessThanOrEqual(rest.clock.now())
    expect((await get('blacklist/')).json.results).toContainEqual(made.json)
    expect((await remove(spelled)).status).toBe(204)
    expect((await get('blacklist/')).json.results).not.toContainEqual(made.json)
    expect((await remove(spelled)).status).toBe(404)
  })

  it.each([
    [{}],
    [{ ip: 'everybody' }],
    [{ ip: '203.0.113.9/33' }],
    [{ ip: '203.0.113.9', hours: 0 }],
    [{ ip: '203.0.113.9', hours: 1e9 }],
    [{ ip: '203.0.113.9', hours: '1' }],
    [{ ip: '203.0.113.9', reason: 'x'.repeat(201) }],
    [{ ip: 7 }],
  ])('refuses %j', async (body) => expect((await post(body)).status).toBe(400))

  it('refuses what is no address in its path', async () =>
    expect((await remove('everybody')).status).toBe(400))

  it.each(['127.0.0.1', '::1', '0.0.0.0/0', '127.0.0.0/8'])(
    'takes %s only where it is confirmed',
    async (ip) => {
      expect((await post({ ip })).status).toBe(409)
      expect((await post({ ip, confirm: true })).status).toBe(201)
      expect((await remove(ip)).status).toBe(204)
    },
  )

  it('is for whoever runs the instance', async () => {
    for (const who of [bob, adam, omar]) {
      expect((await get('blacklist/', who)).status).toBe(403)
      expect((await post({ ip: '203.0.113.77' }, who)).status).toBe(403)
      expect((await remove('203.0.113.77', who)).status).toBe(403)
    }
    expect((await get('blacklist/')).text).not.toContain('203.0.113.77')
  })

  it('writes down who changed it, for the instance and no workspace', async () => {
    await post({ ip: '203.0.113.88', hours: 2, reason: 'noise' })
    await remove('203.0.113.88')
    const entries = await rest.ctx.audit.list(null, ListAudit.parse({ limit: 2 }))
    expect(entries).toMatchObject([
      { action: 'blacklist.removed', target: 'network:203.0.113.88/32', actor: { id: idOf(rest.anna) } },
      { action: 'blacklist.added', after: { hours: 2, reason: 'noise' } },
    ])
    const own = await rest.ctx.audit.list(rest.anna.as.actor.workspaceId, ListAudit.parse({}))
    expect(own.filter(({ action }) => action.startsWith('blacklist'))).toEqual([])
  })
})
