import { z } from 'zod'
import { Instant } from './customer.ts'
import { ConversationId, IntId } from './ids.ts'
import { Device } from './session.ts'

export const ConnectionKind = z.enum(['raw-chat', 'raw-conversations', 'raw-customers', 'console'])
export type ConnectionKind = z.infer<typeof ConnectionKind>

/** An open socket. `address` and `workspaces` are for whoever runs the instance alone. */
export const LiveConnection = z.strictObject({
  id: z.uuid(),
  kind: ConnectionKind,
  user: z.strictObject({ id: IntId, name: z.string() }),
  /** The conversation that it shows; null for lists and the console, and where it is not for the reader's eyes. */
  conversation: z.strictObject({ id: ConversationId, customer: z.string() }).nullable(),
  workspaces: z.array(z.string()).nullable(),
  address: z.string().nullable(),
  userAgent: z.string(),
  device: Device,
  openedAt: Instant,
  /** What waits on our side because the reader does not take it. */
  lagBytes: z.number().int().nonnegative(),
  node: z.string(),
  /** True of the reader's own sign-in. */
  isOwn: z.boolean(),
})
export type LiveConnection = z.infer<typeof LiveConnection>

/** The newest connections; `total` counts all. */
export const LiveConnections = z.strictObject({
  total: z.number().int().nonnegative(),
  connections: z.array(LiveConnection),
})
export type LiveConnections = z.infer<typeof LiveConnections>

/** Ending a connection does not keep its client from coming back; `signOut` ends the sign-in that it lives on too. */
export const EndConnection = z.strictObject({ connectionId: z.uuid(), signOut: z.boolean().default(false) })
export type EndConnection = z.input<typeof EndConnection>
