import type { Ctx } from '../../core/context.ts'
import type { VisitorClaims } from '../../core/ports/visitor-tokens.ts'

/** Windows of one visitor, and visitors behind one address. */
const MAX_SOCKETS_PER_VISITOR = 8
const MAX_SOCKETS_PER_ADDRESS = 500

interface Places {
  renew(): void
  release(): void
}

/** A socket's place among its visitor's and its address's; null where there is none left. */
export async function takePlaces(
  { slots }: Ctx,
  { channelId, sourceId }: VisitorClaims,
  { id, address }: { id: string; address: string },
): Promise<Places | null> {
  const keys = [
    [`widget:${channelId}:${sourceId}`, MAX_SOCKETS_PER_VISITOR],
    [`widget-address:${address}`, MAX_SOCKETS_PER_ADDRESS],
  ] as const
  const release = () => {
    for (const [key] of keys) void slots.release(key, id)
  }
  for (const [key, limit] of keys)
    if (!(await slots.acquire(key, id, limit))) {
      release()
      return null
    }
  const renew = () => {
    for (const [key] of keys) void slots.renew(key, id)
  }
  return { release, renew }
}
