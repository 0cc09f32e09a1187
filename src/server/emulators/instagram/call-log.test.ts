import { describe, expect, it } from 'vitest'
import { askControl, askGraph, startCast } from './emulator.testing.ts'

describe('the log of calls', () => {
  it('tells who asked for what, and what the answer was', async () => {
    await using cast = await startCast()
    cast.write(cast.kim, 'hello')
    await cast.send(cast.kim, 'welcome')
    await cast.send(cast.sara, 'too early')
    await cast.graph(`/v23.0/${cast.kim.igsid}?fields=name`)
    const { calls } = cast.emulator.listCalls({ accountId: cast.shop.id })
    expect(calls).toMatchObject([
      { op: 'send', verb: 'POST', igsid: cast.kim.igsid, status: 200, code: null, subcode: null },
      { op: 'send', igsid: cast.sara.igsid, status: 400, code: 10, subcode: 2534022 },
      { op: 'profile', verb: 'GET', path: `/v23.0/${cast.kim.igsid}`, params: { fields: 'name' } },
    ])
    expect(calls[0]?.params.message).toBe('{"text":"welcome"}')
    const over = await askControl(cast.emulator, `/calls?op=send&igsid=${cast.sara.igsid}`)
    expect(over.body.calls).toHaveLength(1)
  })

  it('has no token and no secret in it, wherever they stood', async () => {
    await using cast = await startCast()
    const secret = cast.emulator.appSecret()
    const { token } = cast.shop
    await askGraph(cast.emulator, `/access_token?client_secret=${secret}&access_token=${token}`)
    await askGraph(cast.emulator, `/v23.0/me?fields=${token}&access_token=${token}`)
    await askGraph(cast.emulator, `/v23.0/${token}/messages`, { token })
    await cast.send(cast.kim, `my token is ${token}, the secret ${secret}`)
    await cast.emulator.setCallback({
      url: `http://127.0.0.1:9/${secret}`,
      verifyToken: 'vvvvvv',
      verify: false,
    })
    const shown = JSON.stringify([
      cast.emulator.listCalls(),
      cast.emulator.snapshot(),
      cast.emulator.getApp(),
    ])
    expect(cast.emulator.listCalls().calls).toHaveLength(4)
    expect(shown).toContain('<redacted>')
    expect(shown).not.toContain(token)
    expect(shown).not.toContain(secret)
  })

  it('keeps the last calls, and counts those it dropped', async () => {
    await using cast = await startCast({ limits: { maxCalls: 2, maxLoggedValueLength: 4 } })
    for (const fields of ['id', 'name', 'username']) await cast.graph(`/v23.0/me?fields=${fields}`)
    const { calls, dropped } = cast.emulator.listCalls()
    expect([calls.map(({ params }) => params.fields), dropped]).toEqual([['name', 'user'], 1])
    cast.emulator.clearCalls()
    expect(cast.emulator.listCalls()).toEqual({ calls: [], dropped: 0 })
  })
})
