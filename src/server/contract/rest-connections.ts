import { z } from 'zod'
import { ConnectionKind, type LiveConnection } from './connection.ts'
import { Instant } from './customer.ts'
import { ConversationId, IntId } from './ids.ts'

/** An open socket on REST. */
export const RestConnection = z.strictObject({
  id: z.uuid(),
  kind: ConnectionKind,
  user_id: IntId,
  user_name: z.string(),
  conversation_id: ConversationId.nullable(),
  ip_address: z.string().nullable().meta({ description: 'null to all but the instance administrator' }),
  user_agent: z.string(),
  connected_at: Instant,
  lag_bytes: z.number().int().min(0),
  node: z.string(),
})
export type RestConnection = z.infer<typeof RestConnection>

/** The seed's `get_active_connections`, and the newest of them. */
export const RestConnections = z.strictObject({
  active_connections: z.number().int().min(0),
  results: z.array(RestConnection),
})

export const toRestConnection = (one: LiveConnection): RestConnection => ({
  id: one.id,
  kind: one.kind,
  user_id: one.user.id,
  user_name: one.user.name,
  conversation_id: one.conversation?.id ?? null,
  ip_address: one.address,
  user_agent: one.userAgent,
  connected_at: one.openedAt,
  lag_bytes: one.lagBytes,
  node: one.node,
})
