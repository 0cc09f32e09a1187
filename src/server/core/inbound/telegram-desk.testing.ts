import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { expect } from 'vitest'
import { createIds } from '../../adapters/auth/ids.ts'
import { createTelegram } from '../../adapters/telegram/platform.ts'
import { startCast } from '../../emulators/telegram/emulator.testing.ts'
import { connectTelegram } from '../channels/connect.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { Ctx, MemberCtx } from '../context.ts'
import { MediaCopier } from '../files/copier.ts'
import type { Log } from '../ports/system.ts'
import { Poller } from './poller.ts'
import { createInboundProcessor } from './process.ts'

/** A log that keeps everything it is told, errors with their causes too. */
export function createWholeLog() {
  const lines: string[] = []
  const keep = (fields: object, sentence: string) =>
    void lines.push(`${sentence} ${inspect(fields, { depth: 10 })}`)
  const log: Log = { info: keep, warn: keep, error: keep }
  return { log, lines }
}

/** Anna's desk with the shop's bot, which nobody can bring updates to: they are asked for. All but the bus is real. */
export async function openTelegramDesk(stores: Partial<Ctx>) {
  const cast = await startCast()
  const { emulator, bot } = cast
  const { ctx: base, clock } = createTestCtx({ publicUrlIsPublic: false })
  // PostgreSQL has its own idea of now.
  clock.now = Date.now
  const { log, lines } = createWholeLog()
  const telegram = createTelegram({ apiRoot: emulator.url })
  const ctx: Ctx = { ...base, ...stores, log, ids: createIds(), platforms: { telegram } }
  const anna = await actAs(ctx, randomUUID())
  const { channel } = await connectTelegram(anna, { source: 'telegram', bot_token: bot.token })
  const inbound = createInboundProcessor(ctx)
  const poller = new Poller(ctx, inbound.kick)
  const copier = new MediaCopier(ctx)
  const start = () => {
    inbound.start()
    poller.start()
    copier.start()
  }
  const close = async () => {
    await poller.close()
    await copier.close()
    await inbound.close()
    // Every emulator numbers its bots alike.
    await ctx.channels.remove([anna.actor.workspaceId], channel.id)
    await emulator.close()
  }
  return { ...cast, ctx, anna, channel, lines, start, close, ...viewsOf(anna) }
}

function viewsOf(anna: MemberCtx) {
  const thread = async () => {
    const view = { view: 'all' as const, limit: 10 }
    const { rows } = await anna.conversations.list(anna.actor.workspaceId, view)
    return (await Promise.all(rows.map(({ id }) => anna.messages.page(id, { limit: 100 })))).flat()
  }
  /** Waits until the thread is this. */
  const shows = (expected: unknown[]) =>
    expect.poll(thread, { interval: 10, timeout: 5_000 }).toMatchObject(expected)
  return { thread, shows }
}
