import { describe, expect, it } from 'vitest'
import { askGraph, startCast, subscribe } from '../emulator.testing.ts'

const FIELDS = 'user_id,username,name'

describe('the account behind a token', () => {
  it('is told by /me and by its id, under any version, with Bearer and with access_token', async () => {
    await using cast = await startCast()
    const expected = { user_id: cast.shop.id, username: 'shop', name: 'Shop', id: cast.shop.appScopedId }
    for (const path of ['/v23.0/me', '/v25.0/me', '/me', `/v23.0/${cast.shop.id}`]) {
      expect(await cast.graph(`${path}?fields=${FIELDS}`)).toMatchObject({ status: 200, body: expected })
    }
    const query = `/v23.0/me?fields=${FIELDS}&access_token=${cast.shop.token}`
    expect((await askGraph(cast.emulator, query)).body).toEqual(expected)
    expect((await cast.graph('/v23.0/me')).body).toEqual({ id: cast.shop.appScopedId })
    const { body } = await cast.graph('/v23.0/me?fields=profile_picture_url')
    expect((await fetch(String(body.profile_picture_url))).status).toBe(200)
  })

  it('does not have a field that it does not have', async () => {
    await using cast = await startCast()
    const { status, body } = await cast.graph('/v23.0/me?fields=username,password')
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 100, message: expect.stringContaining('(password)') })
  })

  it('is the only one that its token opens', async () => {
    await using cast = await startCast()
    const other = cast.emulator.createAccount({ username: 'other' })
    for (const path of [`/v23.0/${other.id}`, `/v23.0/${other.id}/conversations`, '/v23.0/17841499999']) {
      const { status, body } = await cast.graph(path)
      expect([path, status, body.error?.code, body.error?.error_subcode]).toEqual([path, 400, 100, 33])
    }
    const message = { recipient: { id: cast.kim.igsid }, message: { text: 'not mine' } }
    const sent = await cast.graph(`/v23.0/${other.id}/messages`, { body: message })
    expect(sent.body.error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' })
  })

  it('tells how much of its limits is used', async () => {
    await using cast = await startCast()
    cast.emulator.changeAccount({ accountId: cast.shop.id, usagePercent: 97, regainMinutes: 12 })
    const { headers } = await cast.graph('/v23.0/me')
    expect(JSON.parse(headers.get('x-app-usage') ?? '')).toMatchObject({ call_count: 97 })
    expect(JSON.parse(headers.get('x-business-use-case-usage') ?? '')).toEqual({
      [cast.shop.id]: [expect.objectContaining({ call_count: 97, estimated_time_to_regain_access: 12 })],
    })
    expect(() => cast.emulator.changeAccount({ accountId: cast.shop.id, usagePercent: -1 })).toThrow(/usage/)
  })
})

describe('an error', () => {
  it('comes in Graph’s envelope, with a trace id of its own', async () => {
    await using cast = await startCast()
    const ask = () => askGraph(cast.emulator, '/v23.0/me', { token: 'nonsense' })
    const [one, other] = [await ask(), await ask()]
    expect(one).toMatchObject({
      status: 400,
      body: {
        error: {
          message: 'Invalid OAuth access token - Cannot parse access token',
          type: 'OAuthException',
          code: 190,
          fbtrace_id: expect.stringMatching(/^A[\w-]{20,}$/),
        },
      },
    })
    expect(one.body.error).not.toHaveProperty('error_subcode')
    expect(other.body.error?.fbtrace_id).not.toBe(one.body.error?.fbtrace_id)
  })

  it('meets whoever has no token, no JSON or no such path', async () => {
    await using cast = await startCast()
    expect((await askGraph(cast.emulator, '/v23.0/me')).body.error).toMatchObject({ code: 104 })
    expect((await cast.graph('/v23.0/me/nothing')).body.error).toMatchObject({ code: 100, error_subcode: 33 })
    expect((await cast.graph('/v23.0/a/b/c')).status).toBe(400)
    const broken = await fetch(`${cast.emulator.url}/v23.0/me/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${cast.shop.token}`, 'content-type': 'application/json' },
      body: '{"recipient":',
    })
    expect(broken.status).toBe(400)
    expect((await broken.json()).error.code).toBe(100)
  })
})

describe('the subscription of an account', () => {
  it('is made, listed and taken back', async () => {
    await using cast = await startCast()
    const path = '/v23.0/me/subscribed_apps'
    expect((await cast.graph(path)).body).toEqual({ data: [] })
    const fields = ['messages', 'messaging_seen']
    expect((await subscribe(cast.emulator, cast.shop.token, fields)).body).toEqual({ success: true })
    expect((await cast.graph(path)).body).toEqual({
      data: [{ id: cast.emulator.appId, subscribed_fields: fields }],
    })
    expect((await cast.graph(path, { verb: 'DELETE' })).body).toEqual({ success: true })
    expect(cast.emulator.listAccounts()[0]?.subscribedFields).toBeNull()
  })

  it('takes the fields from a body too, by IG_ID', async () => {
    await using cast = await startCast()
    const body = { subscribed_fields: ['messages'] }
    await cast.graph(`/v23.0/${cast.shop.id}/subscribed_apps`, { body })
    expect(cast.emulator.listAccounts()[0]?.subscribedFields).toEqual(['messages'])
  })

  it('is not made without a field, or with one that there is not', async () => {
    await using cast = await startCast()
    const path = '/v23.0/me/subscribed_apps'
    expect((await cast.graph(path, { verb: 'POST' })).body.error).toMatchObject({ code: 100 })
    const wrong = await subscribe(cast.emulator, cast.shop.token, ['messages', 'message_echoes'])
    expect(wrong.body.error).toMatchObject({ code: 100, message: expect.stringContaining('[1]') })
    expect(cast.emulator.listAccounts()[0]?.subscribedFields).toBeNull()
  })
})

describe('the profile of a customer', () => {
  const ask = (fields = 'name,username,profile_pic') => `?fields=${fields}`

  it('is told once they have written, with a picture that can be fetched', async () => {
    await using cast = await startCast()
    cast.write(cast.sara, 'hi')
    const { body } = await cast.graph(`/v23.0/${cast.sara.igsid}${ask()}`)
    expect(body).toMatchObject({ name: 'سارا', username: 'sara', id: cast.sara.igsid })
    const picture = await fetch(String(body.profile_pic))
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  })

  it('is not told before, without consent, or where it is not to be had', async () => {
    await using cast = await startCast()
    const path = `/v23.0/${cast.kim.igsid}${ask()}`
    expect((await cast.graph(path)).body.error).toMatchObject({ code: 230 })
    cast.write(cast.kim, 'hi')
    cast.emulator.changeCustomer({ customerId: 'kim', profile: 'no_consent' })
    expect((await cast.graph(path)).body.error).toMatchObject({ code: 230 })
    cast.emulator.changeCustomer({ customerId: 'kim', profile: 'unavailable' })
    expect((await cast.graph(path)).body.error).toMatchObject({ code: 100 })
  })

  it('leaves out the name that nobody gave', async () => {
    await using cast = await startCast()
    cast.emulator.changeCustomer({ customerId: 'kim', name: null })
    cast.write(cast.kim, 'hi')
    const { body } = await cast.graph(`/v23.0/${cast.kim.igsid}${ask('name,username')}`)
    expect(body).toEqual({ username: 'kim', id: cast.kim.igsid })
  })
})
