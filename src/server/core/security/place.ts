import type { MemberCtx } from '../context.ts'
import { noteSecurity } from './note.ts'

/** One of the sockets that a person may have at once: a lease, renewed at least every `beatMs` of the slots. */
export interface Place {
  renew(): void
  release(): void
}

/** Takes one of the person's sockets on this wire; null, and noted, where all are taken. */
export async function takePlace(
  ctx: MemberCtx,
  wire: 'raw' | 'console',
  connectionId: string,
): Promise<Place | null> {
  const { slots, settings, actor } = ctx
  const { connectionsPerUser, consoleConnections } = settings.limits
  const key = `${wire}:${actor.userId}`
  noteSecurity(ctx, 'connection_attempt', { wire })
  if (await slots.acquire(key, connectionId, wire === 'raw' ? connectionsPerUser : consoleConnections))
    return {
      renew: () => void slots.renew(key, connectionId),
      release: () => void slots.release(key, connectionId),
    }
  noteSecurity(ctx, 'connection_limit')
  return null
}
