import { describe, expect, it } from 'vitest'
import { NOON, startFiles, startOpen } from './sending.testing.ts'

describe('the limits of calls', () => {
  it('let 10 videos through in a second where they are counted, and text after that', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    await using files = await startFiles({ mime: 'video/mp4', body: Buffer.from('x') })
    cast.emulator.setRateLimits(true)
    const message = { attachment: { type: 'video', payload: { url: files.url } } }
    for (let n = 0; n < 10; n += 1) expect((await cast.post({ ...cast.toKim, message })).status).toBe(200)
    expect((await cast.post({ ...cast.toKim, message })).body.error).toMatchObject({ code: 613 })
    expect((await cast.send(cast.kim, 'text')).status).toBe(200)
    cast.emulator.travel(1_000)
    expect((await cast.post({ ...cast.toKim, message })).status).toBe(200)
  })

  it('let two looks at conversations through in a second', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    cast.emulator.setRateLimits(true)
    const look = () => cast.graph('/v23.0/me/conversations?platform=instagram')
    expect([(await look()).status, (await look()).status]).toEqual([200, 200])
    expect((await look()).body.error).toMatchObject({ code: 80002 })
  })
})
