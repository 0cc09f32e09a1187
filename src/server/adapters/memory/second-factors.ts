import type { SecondFactors } from '../../core/ports/two-factor.ts'
import { type MemoryState, requireRow } from './state.ts'

/** Second factors of one process. */
export function createMemorySecondFactors({ secondFactors: rows, users }: MemoryState): SecondFactors {
  const confirmed = (userId: number) => {
    const row = rows.get(userId)
    return row?.isConfirmed ? row : null
  }
  return {
    find: async (userId) => {
      const row = rows.get(userId)
      return row
        ? { userId, secret: row.secret, isConfirmed: row.isConfirmed, recoveryLeft: row.recovery.size }
        : null
    },
    begin: async (userId, secret) => {
      requireRow(users, userId, 'user')
      if (confirmed(userId)) return false
      rows.set(userId, { secret, isConfirmed: false, lastStep: 0, recovery: new Set() })
      return true
    },
    confirm: async (userId, { secret, step, recovery }) => {
      const row = rows.get(userId)
      if (!row || row.isConfirmed || row.secret !== secret) return false
      Object.assign(row, { isConfirmed: true, lastStep: step, recovery: new Set(recovery) })
      return true
    },
    spendStep: async (userId, step) => {
      const row = confirmed(userId)
      if (!row || row.lastStep >= step) return false
      row.lastStep = step
      return true
    },
    spendRecovery: async (userId, digest) => confirmed(userId)?.recovery.delete(digest) ?? false,
    replaceRecovery: async (userId, digests) => {
      const row = confirmed(userId)
      if (row) row.recovery = new Set(digests)
    },
    remove: async (userId) => rows.delete(userId),
  }
}
