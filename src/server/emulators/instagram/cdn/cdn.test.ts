import { describe, expect, it } from 'vitest'
import { refOf, startCast } from '../emulator.testing.ts'

const HOUR = 3_600_000

async function startShowing() {
  const cast = await startCast({ frozenAtMs: Date.UTC(2026, 10, 22), cdnLifeMs: HOUR })
  const { message } = cast.write(cast.kim, { attachments: [{ type: 'image' }] })
  return { ...cast, message, url: message.attachments[0]?.url ?? '' }
}

describe('a link of the CDN', () => {
  it('is good for a while, and a newer one for the same file after that', async () => {
    await using cast = await startShowing()
    cast.emulator.travel(HOUR - 1_000)
    expect((await fetch(cast.url)).status).toBe(200)
    cast.emulator.travel(1_000)
    expect((await fetch(cast.url)).status).toBe(403)
    const [message] = cast.emulator.listMessages(refOf(cast.kim))
    const newer = message?.attachments[0]?.url ?? ''
    expect(newer).not.toBe(cast.url)
    expect((await fetch(newer)).status).toBe(200)
  })

  it('is not made longer, nor for another file', async () => {
    await using cast = await startShowing()
    const { message } = cast.write(cast.sara, { attachments: [{ type: 'video' }] })
    const other = new URL(message.attachments[0]?.url ?? '').pathname
    const longer = new URL(cast.url)
    longer.searchParams.set('oe', 'ffffffff')
    const foreign = new URL(other, cast.url)
    foreign.search = new URL(cast.url).search
    const bare = cast.url.split('?')[0] ?? ''
    for (const url of [longer, foreign, bare]) expect((await fetch(url)).status).toBe(403)
  })

  it('needs no token, and answers HEAD', async () => {
    await using cast = await startShowing()
    const head = await fetch(cast.url, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100)
  })

  it('leads to nothing once the message had to make room', async () => {
    await using cast = await startCast({ limits: { maxMessagesPerThread: 1 } })
    const { message } = cast.write(cast.kim, { attachments: [{ type: 'image' }] })
    cast.write(cast.kim, 'newer')
    expect((await fetch(message.attachments[0]?.url ?? '')).status).toBe(404)
    expect(cast.emulator.listMessages(refOf(cast.kim))).toHaveLength(1)
  })

  it('can fail as told', async () => {
    await using cast = await startShowing()
    cast.emulator.setFault({ kind: 'status', status: 503, op: 'cdn' })
    cast.emulator.setFault({ kind: 'drop-after', op: 'cdn' })
    expect((await cast.graph('/v23.0/me')).status).toBe(200)
    expect((await fetch(cast.url)).status).toBe(503)
    await expect(fetch(cast.url)).rejects.toThrow()
    cast.emulator.setFault({ kind: 'hang', op: 'cdn' })
    await expect(fetch(cast.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow()
    expect((await fetch(cast.url)).status).toBe(200)
  })
})
