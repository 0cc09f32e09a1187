import { z } from 'zod'
import { ApiKey, CreateApiKey } from '../../contract/account.ts'
import { IntId } from '../../contract/ids.ts'
import { createKey, listKeys, revokeKey } from '../../core/keys/keys.ts'
import { procedure, router } from './trpc.ts'

export const keys = router({
  list: procedure.output(z.array(ApiKey)).query(({ ctx }) => listKeys(ctx.core)),
  create: procedure
    .input(CreateApiKey)
    .output(ApiKey.extend({ key: z.string() }))
    .mutation(({ ctx, input }) => createKey(ctx.core, input)),
  revoke: procedure
    .input(z.object({ id: IntId }))
    .output(z.object({ id: IntId }))
    .mutation(async ({ ctx, input }) => {
      await revokeKey(ctx.core, input)
      return input
    }),
})
