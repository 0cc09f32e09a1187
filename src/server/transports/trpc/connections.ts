import { EndConnection, LiveConnections } from '../../contract/connection.ts'
import { endConnection } from '../../core/security/connections/end.ts'
import { listConnections } from '../../core/security/connections/list.ts'
import { procedure, router } from './trpc.ts'

export const connections = router({
  list: procedure.output(LiveConnections).query(({ ctx }) => listConnections(ctx.core)),
  end: procedure.input(EndConnection).mutation(({ ctx, input }) => endConnection(ctx.core, input)),
})
