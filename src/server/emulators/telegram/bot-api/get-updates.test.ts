import type { Update } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import { Clock } from '../../clock.ts'
import { eventually } from '../../receiver.testing.ts'
import { type BotAnswer, startCast } from '../emulator.testing.ts'

const textsOf = ({ result }: BotAnswer) => (result as Update[]).map((update) => update.message?.text)

async function startTimed() {
  const clock = new Clock(Date.UTC(2026, 10, 22))
  const cast = await startCast({ clock })
  return { ...cast, clock, poll: (params: object = {}) => cast.call('getUpdates', params) }
}

describe('getUpdates', () => {
  it('answers updates in order until an offset confirms them', async () => {
    await using cast = await startTimed()
    const ids = ['one', 'two', 'three'].map((text) => cast.write(cast.kim, text).updateId ?? 0)
    expect(textsOf(await cast.poll({ limit: 2 }))).toEqual(['one', 'two'])
    cast.clock.advance(5_000)
    expect(textsOf(await cast.poll())).toEqual(['one', 'two', 'three'])
    expect(textsOf(await cast.poll({ offset: ids[2] }))).toEqual(['three'])
    cast.clock.advance(5_000)
    expect(textsOf(await cast.poll())).toEqual(['three'])
    expect(ids).toEqual([ids[0], (ids[0] ?? 0) + 1, (ids[0] ?? 0) + 2])
  })

  it('forgets all but the newest for a negative offset', async () => {
    await using cast = await startTimed()
    for (const text of ['one', 'two', 'three']) cast.write(cast.kim, text)
    expect(textsOf(await cast.poll({ offset: -1 }))).toEqual(['three'])
    expect(cast.emulator.snapshot().bots[0]?.pendingUpdates).toBe(1)
  })

  it('waits for an update when asked to', async () => {
    await using cast = await startTimed()
    const polling = cast.poll({ timeout: 50 })
    await eventually(() => expect(cast.clock.waiting()).toContain(50_000))
    cast.write(cast.kim, 'at last')
    expect(textsOf(await polling)).toEqual(['at last'])
    expect(cast.clock.waiting()).not.toContain(50_000)
  })

  it('waits no longer than fifty seconds, and answers nothing then', async () => {
    await using cast = await startTimed()
    const polling = cast.poll({ timeout: 600 })
    await eventually(() => expect(cast.clock.waiting()).toContain(50_000))
    cast.clock.advance(50_000)
    expect(await polling).toMatchObject({ status: 200, result: [] })
  })

  it('slows down who asks the same again and again', async () => {
    await using cast = await startTimed()
    expect(await cast.poll()).toMatchObject({ result: [] })
    const again = cast.poll()
    await eventually(() => expect(cast.clock.waiting()).toContain(3_000))
    for (const text of ['one', 'two']) cast.write(cast.kim, text)
    expect(textsOf(await again)).toEqual(['one'])
  })

  it('is in conflict with an active webhook, and repeats of that are held back', async () => {
    await using cast = await startTimed()
    await cast.call('setWebhook', { url: 'http://127.0.0.1:9/hook' })
    const conflict = {
      status: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    }
    expect(await cast.poll()).toMatchObject(conflict)
    const again = cast.poll()
    await eventually(() => expect(cast.clock.waiting()).toContain(3_000))
    cast.clock.advance(3_000)
    expect(await again).toMatchObject(conflict)
  })

  it('ends an earlier call that still waits', async () => {
    await using cast = await startTimed()
    const first = cast.poll({ timeout: 40, offset: 1 })
    await eventually(() => expect(cast.clock.waiting()).toContain(40_000))
    const second = cast.poll({ timeout: 30, offset: 2 })
    expect(await first).toMatchObject({
      status: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    cast.write(cast.kim, 'for the second')
    expect(textsOf(await second)).toEqual(['for the second'])
  })

  it('is ended by setWebhook', async () => {
    await using cast = await startTimed()
    const polling = cast.poll({ timeout: 40 })
    await eventually(() => expect(cast.clock.waiting()).toContain(40_000))
    await cast.call('setWebhook', { url: 'http://127.0.0.1:9/hook' })
    expect(await polling).toMatchObject({
      status: 409,
      description: 'Conflict: terminated by setWebhook request',
    })
  })
})
