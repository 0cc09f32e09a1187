import { randomUUID } from 'node:crypto'
import type { OpenStores } from '../suites/stores.testing.ts'
import { requireRow } from './state.ts'
import { createMemoryStores } from './stores.ts'

/** Memory stores for a suite; two nodes are two sets over one state. */
export const openMemoryStores: OpenStores = async () => {
  const stores = createMemoryStores()
  const { state } = stores
  const workspaceOf = (id: number) => requireRow(state.workspaces, id, 'workspace')
  return {
    stores,
    elsewhere: createMemoryStores({ state }),
    setBot: async (id, isOn) => {
      workspaceOf(id).bot = isOn
      const { userId } = state.memberships.find(({ workspaceId }) => workspaceId === id) ?? { userId: 0 }
      const key = { workspaceId: id, userId, name: 'bot', prefix: 'bot', hash: randomUUID() }
      await stores.keys.create({ ...key, scopes: ['ai'], expiresAt: null })
    },
    forget: async (id, upTo) => {
      const workspace = workspaceOf(id)
      workspace.floor = upTo
      workspace.log = workspace.log.filter(({ seq }) => seq > upTo)
    },
    assign: async (id, userId) => {
      requireRow(state.conversations, id, 'conversation').assigneeId = userId
    },
    close: async () => {},
  }
}
