import type { LiveConnection, LiveConnections } from '../../../contract/connection.ts'
import { type MemberCtx, workspaceIds } from '../../context.ts'
import { deviceOf } from '../../device.ts'
import type { StoredConnection } from '../../ports/connections.ts'
import { canManageInstance } from '../can.ts'
import { scopeOf } from '../reports/scope.ts'

/** Connections that are shown; `total` says how many there are. */
const MAX_SHOWN = 200

/** The seed's `get_active_connections`: how many sockets are open, of those that the asker may see. */
export const getActiveConnections = (ctx: MemberCtx): Promise<number> => ctx.connections.count(scopeOf(ctx))

/** Who is connected, the newest first: all to whoever runs the instance, else in the workspaces one watches over, and oneself. */
export async function listConnections(ctx: MemberCtx): Promise<LiveConnections> {
  const [total, stored] = await Promise.all([
    getActiveConnections(ctx),
    ctx.connections.list(scopeOf(ctx), MAX_SHOWN),
  ])
  return { total: Math.max(total, stored.length), connections: stored.map((one) => toShown(ctx, one)) }
}

/** Of a conversation that is not theirs nobody is told, and of addresses only whoever runs the instance. */
function toShown(ctx: MemberCtx, stored: StoredConnection): LiveConnection {
  const { conversationId, customer } = stored
  const isRunner = canManageInstance(ctx.actor)
  const isTheirs = stored.workspaceIds.some((id) => workspaceIds(ctx).includes(id))
  return {
    id: stored.id,
    kind: stored.kind,
    user: { id: stored.userId, name: stored.userName },
    conversation:
      isTheirs && conversationId !== null ? { id: conversationId, customer: customer ?? '' } : null,
    workspaces: isRunner ? stored.workspaces : null,
    address: isRunner ? stored.address : null,
    userAgent: stored.userAgent,
    device: deviceOf(stored.userAgent),
    openedAt: new Date(stored.openedAt).toISOString(),
    lagBytes: stored.lagBytes,
    node: stored.node,
    isOwn: stored.sessionId === ctx.actor.sessionId,
  }
}
