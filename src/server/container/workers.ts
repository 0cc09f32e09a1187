import type { Pool } from 'pg'
import { createRetention } from '../adapters/prisma/retention.ts'
import { refreshTokens } from '../core/channels/refresh-tokens.ts'
import type { Ctx } from '../core/context.ts'
import { finishErasures } from '../core/customers/erase.ts'
import { DeliveryWorker } from '../core/delivery/worker.ts'
import { MediaCopier } from '../core/files/copier.ts'
import { createFileKeeper } from '../core/files/keeper.ts'
import { tidyFiles } from '../core/files/remove-files.ts'
import { createHousekeeping } from '../core/housekeeping/prune.ts'
import { Poller } from '../core/inbound/poller.ts'
import { createInboundProcessor } from '../core/inbound/process.ts'
import { applyRetention } from '../core/retention/retention.ts'

/** An erasure that is not through by then was cut short. */
const ERASURE_TAKES_MS = 10 * 60_000

/** What works on its own beside the answers to requests: it begins and ends with the process. */
export function createWorkers(ctx: Ctx, { pool, eventDays }: { pool: Pool; eventDays: number }) {
  const inbound = createInboundProcessor(ctx)
  const workers = [
    createRounds(ctx, { pool, eventDays }),
    createFileKeeper(ctx),
    new Poller(ctx, inbound.kick),
    new MediaCopier(ctx),
    inbound,
    new DeliveryWorker(ctx),
  ]
  return {
    inbound,
    start() {
      for (const worker of workers) worker.start()
    },
    /** One after another, those who make work for others first. */
    async close() {
      for (const worker of workers) await worker.close()
    },
  }
}

const createRounds = (ctx: Ctx, { pool, eventDays }: { pool: Pool; eventDays: number }) =>
  createHousekeeping({
    ports: { retention: createRetention(pool), clock: ctx.clock, log: ctx.log },
    eventDays,
    chores: [
      () => finishErasures(ctx, ctx.clock.now() - ERASURE_TAKES_MS),
      (isEnding) => applyRetention(ctx, isEnding),
      (isEnding) => refreshTokens(ctx, isEnding),
      (isEnding) => tidyFiles(ctx, isEnding),
    ],
  })
