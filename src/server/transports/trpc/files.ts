import { z } from 'zod'
import { DiscardUpload, FileLink, ListFileLinks } from '../../contract/files.ts'
import { discardUpload } from '../../core/files/discard.ts'
import { listFileLinks } from '../../core/files/links.ts'
import { procedure, router } from './trpc.ts'

export const files = router({
  links: procedure
    .input(ListFileLinks)
    .output(z.array(FileLink))
    .query(({ ctx, input }) => listFileLinks(ctx.core, input)),
  discard: procedure.input(DiscardUpload).mutation(({ ctx, input }) => discardUpload(ctx.core, input)),
})
