import type { SetupCodes } from '../../core/ports/setup.ts'
import type { MemoryState } from './state.ts'

/** Setup codes that are kept at once. */
const MAX_CODES = 100

/** Setup codes of one process. */
export function createMemorySetupCodes(state: MemoryState): SetupCodes {
  return {
    add: async (digest, expiresAt) => {
      state.setupCodes.set(digest, expiresAt)
      const [oldest] = state.setupCodes.keys()
      if (state.setupCodes.size > MAX_CODES && oldest !== undefined) state.setupCodes.delete(oldest)
    },
    isDone: async () => [...state.users.values()].some(({ isInstanceAdmin }) => isInstanceAdmin),
  }
}
