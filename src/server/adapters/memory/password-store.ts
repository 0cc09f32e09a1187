import type { PasswordStore } from '../../core/ports/password-store.ts'
import { revokeSessions } from './sign-ins.ts'
import { type MemoryState, requireRow } from './state.ts'

/** Passwords and the links that set them, of one process. */
export function createMemoryPasswordStore(state: MemoryState): PasswordStore {
  const findLink = (tokenHash: string) =>
    [...state.resetLinks.values()].find(
      (link) => link.tokenHash === tokenHash && link.expiresAt > state.now(),
    )
  const set = (userId: number, passwordHash: string, keep: string | null) => {
    requireRow(state.users, userId, 'user').passwordHash = passwordHash
    state.resetLinks.delete(userId)
    return revokeSessions(state, userId, keep)
  }
  return {
    setPassword: async (userId, passwordHash, keep) => set(userId, passwordHash, keep),
    putResetLink: async (link) => {
      requireRow(state.users, link.userId, 'user')
      state.resetLinks.set(link.userId, { ...link })
    },
    findResetLink: async (tokenHash) => {
      const link = findLink(tokenHash)
      if (!link) return null
      return { user: { ...requireRow(state.users, link.userId, 'user') }, workspaceId: link.workspaceId }
    },
    takeResetLink: async (tokenHash, passwordHash) => {
      const link = findLink(tokenHash)
      return link ? set(link.userId, passwordHash, null) : null
    },
  }
}
