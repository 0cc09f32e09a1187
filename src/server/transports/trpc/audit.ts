import { AuditPage, ListAudit } from '../../contract/audit.ts'
import { listAudit } from '../../core/security/list-audit.ts'
import { procedure, router } from './trpc.ts'

export const audit = router({
  list: procedure
    .input(ListAudit)
    .output(AuditPage)
    .query(({ ctx, input }) => listAudit(ctx.core, input)),
})
