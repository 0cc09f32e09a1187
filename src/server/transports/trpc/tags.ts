import { z } from 'zod'
import { CreateTags, Tag } from '../../contract/customer.ts'
import { createTags, listTags } from '../../core/tags/tags.ts'
import { atWork, procedure, router } from './trpc.ts'

export const tags = router({
  list: procedure.output(z.array(Tag)).query(({ ctx }) => listTags(atWork(ctx.core))),
  create: procedure
    .input(CreateTags)
    .output(z.array(Tag))
    .mutation(({ ctx, input }) =>
      createTags(
        ctx.core,
        input.names.map((name) => name.trim()),
      ),
    ),
})
