import { PreviewRetention, RetentionPreview, RetentionSetting } from '../../contract/retention.ts'
import { getRetention, previewRetention, setRetention } from '../../core/retention/retention.ts'
import { procedure, router } from './trpc.ts'

export const retention = router({
  get: procedure.output(RetentionSetting).query(({ ctx }) => getRetention(ctx.core)),
  preview: procedure
    .input(PreviewRetention)
    .output(RetentionPreview)
    .query(({ ctx, input }) => previewRetention(ctx.core, input)),
  set: procedure
    .input(RetentionSetting)
    .output(RetentionSetting)
    .mutation(({ ctx, input }) => setRetention(ctx.core, input)),
})
