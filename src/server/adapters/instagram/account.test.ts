import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNT, channelAt, instagramAt, startGraph, TOKEN } from './graph.testing.ts'

let graph: Awaited<ReturnType<typeof startGraph>>
beforeAll(async () => {
  graph = await startGraph()
})
beforeEach(() => void graph.asked.splice(0))
afterAll(() => graph.close())

const open = () => instagramAt(graph.root)

describe('an account', () => {
  it('is the one that the token is of', async () => {
    graph.says(200, { id: '77', user_id: ACCOUNT, username: 'shop', name: null })
    expect(await open().identify(TOKEN, null)).toEqual({
      externalId: ACCOUNT,
      name: 'shop',
      username: 'shop',
      otherIds: ['77'],
    })
    expect(graph.asked[0]?.url).toBe('/v23.0/me?fields=user_id%2Cid%2Cusername%2Cname')
  })

  it('is refused with a sentence where the token is, and unavailable where Instagram is', async () => {
    graph.says(401, { error: { code: 190, message: `Bad token ${TOKEN}` } })
    const refused = open().identify(TOKEN, null)
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(refused).rejects.not.toThrow(TOKEN)
    graph.says(503, '')
    await expect(open().identify(TOKEN, null)).rejects.toMatchObject({ code: 'unavailable' })
    graph.says(200, { id: '1' })
    await expect(open().identify(TOKEN, null)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('is told to send its events here, and to stop', async () => {
    graph.says(200, { success: true })
    const channel = channelAt(graph.root)
    await open().setWebhook(channel, '')
    await open().removeWebhook(channel)
    const [set, unset] = graph.asked
    expect(set).toMatchObject({ method: 'POST', authorization: `Bearer ${TOKEN}` })
    expect(set?.url).toContain(`/v23.0/${ACCOUNT}/subscribed_apps?subscribed_fields=messages%2C`)
    expect(unset).toMatchObject({ method: 'DELETE', url: `/v23.0/${ACCOUNT}/subscribed_apps` })
  })

  it('gets a token that lives long, and one that lives on; a refusal of either is none', async () => {
    graph.says(200, { access_token: 'IGlong', token_type: 'bearer', expires_in: 5_184_000 })
    const long = { token: 'IGlong', lifeMs: 5_184_000_000 }
    expect(await open().exchange?.(TOKEN, null)).toEqual(long)
    expect(await open().renew?.(channelAt(graph.root))).toEqual(long)
    expect(graph.asked.map(({ url }) => url.split('?')[0])).toEqual([
      '/access_token',
      '/refresh_access_token',
    ])
    graph.says(400, { error: { code: 452, message: 'no' } })
    expect(await open().exchange?.(TOKEN, null)).toBeNull()
    expect(await open().renew?.(channelAt(graph.root))).toBeNull()
    const unsecret = instagramAt(graph.root, {})
    expect(await unsecret.exchange?.(TOKEN, null)).toBeNull()
  })

  it('tells who writes, or nothing', async () => {
    graph.says(200, { name: 'Kim', username: 'kim', profile_pic: 'https://cdn.example/1' })
    const channel = channelAt(graph.root)
    expect(await open().profile?.(channel, '42')).toEqual({
      name: 'Kim',
      username: 'kim',
      pictureUrl: 'https://cdn.example/1',
    })
    graph.says(400, { error: { code: 230, message: 'User consent is required' } })
    expect(await open().profile?.(channel, '42')).toBeNull()
    graph.asked.length = 0
    expect(await open().profile?.(channel, '../me')).toBeNull()
    expect(graph.asked).toEqual([])
  })
})
