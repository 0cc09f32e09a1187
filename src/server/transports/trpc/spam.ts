import { z } from 'zod'
import { ListSpam, Settled, SettleSpam, SpamCount, SpamPage, SpamPlaces } from '../../contract/spam.ts'
import { countSpam, listSpam, spamPlaces } from '../../core/spam/list.ts'
import { discardSpam, releaseSpam } from '../../core/spam/settle.ts'
import { procedure, router } from './trpc.ts'

export const spam = router({
  list: procedure
    .input(ListSpam)
    .output(SpamPage)
    .query(({ ctx, input }) => listSpam(ctx.core, input)),
  count: procedure.output(SpamCount).query(({ ctx }) => countSpam(ctx.core)),
  /** The seqs of a thread at which messages are held. */
  places: procedure
    .input(SpamPlaces)
    .output(z.array(z.number().int().min(1)))
    .query(({ ctx, input }) => spamPlaces(ctx.core, input)),
  release: procedure
    .input(SettleSpam)
    .output(Settled)
    .mutation(({ ctx, input }) => releaseSpam(ctx.core, input)),
  discard: procedure
    .input(SettleSpam)
    .output(Settled)
    .mutation(({ ctx, input }) => discardSpam(ctx.core, input)),
})
