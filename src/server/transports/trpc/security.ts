import { z } from 'zod'
import { BlockAddress, BlockedAddress } from '../../contract/security.ts'
import {
  ListSecurityEvents,
  SecurityEventPage,
  SecurityOverview,
  SecurityPeriod,
} from '../../contract/security-watch.ts'
import { blockAddress, listBlocked, unblockAddress } from '../../core/security/blacklist.ts'
import { getSecurityOverview, listSecurityEvents } from '../../core/security/reports/watch.ts'
import { procedure, router } from './trpc.ts'

const Ip = z.object({ ip: z.string().max(64) })

export const security = router({
  overview: procedure
    .input(z.object({ period: SecurityPeriod }))
    .output(SecurityOverview)
    .query(({ ctx, input }) => getSecurityOverview(ctx.core, input)),
  events: procedure
    .input(ListSecurityEvents)
    .output(SecurityEventPage)
    .query(({ ctx, input }) => listSecurityEvents(ctx.core, input)),
  blocked: procedure.output(z.array(BlockedAddress)).query(({ ctx }) => listBlocked(ctx.core)),
  block: procedure
    .input(BlockAddress)
    .output(BlockedAddress)
    .mutation(({ ctx, input }) => blockAddress(ctx.core, input)),
  unblock: procedure
    .input(Ip)
    .output(Ip)
    .mutation(async ({ ctx, input }) => {
      await unblockAddress(ctx.core, input)
      return input
    }),
})
