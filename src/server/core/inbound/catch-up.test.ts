import { expect, it } from 'vitest'
import { actAs, createTestCtx } from '../context.testing.ts'
import { openAccount } from '../instagram.testing.ts'
import { createScriptedPlatform, eventOf } from '../platform.testing.ts'
import type { PlatformItem } from '../ports/platform.ts'
import { catchUp, unheardSince } from './catch-up.ts'

const DAY = 86_400_000

async function open() {
  const { ctx, clock, log } = createTestCtx()
  const asked: number[] = []
  const items: PlatformItem[] = []
  const recent = async (_: unknown, since: number) => {
    asked.push(since)
    return items
  }
  const platform = { ...createScriptedPlatform().platform, recent }
  Object.assign(ctx.platforms, { instagram: platform })
  const anna = await actAs(ctx, 'anna')
  const { channelId, workspaceId } = await openAccount(anna)
  const channel = async () => {
    const found = await ctx.channels.findById(channelId)
    if (!found) throw new Error('The channel is not there')
    return found
  }
  const since = async () => unheardSince(ctx, await channel())
  const run = async () => catchUp(ctx, await channel(), await since())
  const waiting = async () => (await ctx.inbox.claim(10, 0)).map(({ raw }) => raw)
  return { ctx, clock, log, platform, channelId, workspaceId, asked, items, channel, since, run, waiting }
}

it('takes in what was written meanwhile, once, as it would have been told', async () => {
  const { items, run, waiting } = await open()
  const raw = eventOf(1, 'kim', 'hello')
  items.push({ account: null, raw })
  await run()
  await run()
  expect(await waiting()).toEqual([raw])
})

it('asks from the last event on, and never for more than a week', async () => {
  const { ctx, clock, channelId, workspaceId, channel, since } = await open()
  expect(await since()).toBe(Date.parse((await channel()).createdAt))
  clock.advance(DAY)
  const event = { workspaceId, channelId, source: 'instagram' as const, key: 'k', raw: '{}', sourceId: null }
  await ctx.inbox.record(event)
  const heard = clock.now()
  clock.advance(DAY)
  expect(await since()).toBe(heard)
  clock.advance(30 * DAY)
  expect(await since()).toBe(clock.now() - 7 * DAY)
})

it('is nobody’s trouble where the platform does not tell', async () => {
  const { platform, log, run, waiting } = await open()
  platform.recent = () => Promise.reject(new Error('down'))
  await run()
  expect(await waiting()).toEqual([])
  expect(log.sentences.map(({ level }) => level)).toEqual(['warn'])
})
