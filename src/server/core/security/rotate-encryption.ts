import type { AuditActor } from '../../contract/audit.ts'
import type { Resealed, SealPlace } from '../ports/seals.ts'
import type { Ports } from '../ports.ts'

export const MAX_GROUP = 200
/** While others still write with an old key each pass may find something; they end when every node has the new one. */
const MAX_PASSES = 10

export interface Rotated {
  resealed: number
  unreadable: number
}

/**
 * Seals everything stored with today's key and answers how much that was. It may be stopped anywhere and run again, by
 * several at once: what is already sealed with that key is passed over.
 */
export async function rotateEncryption(
  ctx: Pick<Ports, 'seals' | 'audit'>,
  { by }: { by: AuditActor },
): Promise<Rotated> {
  let total: Rotated = { resealed: 0, unreadable: 0 }
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const { resealed, unreadable } = await resealAll(ctx)
    total = { resealed: total.resealed + resealed, unreadable }
    if (resealed === 0) break
  }
  if (total.resealed > 0)
    await ctx.audit.add({
      workspaceId: null,
      actor: by,
      action: 'encryption.rotated',
      target: 'instance',
      before: null,
      after: { ...total },
      address: '',
    })
  return total
}

async function resealAll({ seals }: Pick<Ports, 'seals'>): Promise<Rotated> {
  const total: Rotated = { resealed: 0, unreadable: 0 }
  let place: SealPlace | null = null
  do {
    const group: Resealed = await seals.reseal(place, MAX_GROUP)
    total.resealed += group.resealed
    total.unreadable += group.unreadable
    place = group.next
  } while (place)
  return total
}
