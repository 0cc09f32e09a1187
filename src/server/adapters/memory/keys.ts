import type { ApiKey } from '../../contract/account.ts'
import type { ApiKeys } from '../../core/ports/keys.ts'
import type { KeyRow } from './rows.ts'
import { instantOf, type MemoryState, requireRow } from './state.ts'

/** Programs' ways in, of one process. */
export function createMemoryKeys(state: MemoryState): ApiKeys {
  const live = () => state.keys.filter(({ isRevoked }) => !isRevoked)
  return {
    create: async ({ expiresAt, ...key }) => {
      requireRow(state.workspaces, key.workspaceId, 'workspace')
      requireRow(state.users, key.userId, 'user')
      const expires_at = expiresAt === null ? null : new Date(expiresAt).toISOString()
      const times = { created_at: instantOf(state), expires_at, last_used_at: null }
      const row = { ...key, scopes: [...key.scopes], id: state.nextId(), ...times, isRevoked: false }
      state.keys.push(row)
      return toApiKey(row)
    },
    list: async (workspaceId) => {
      const rows = live().filter((key) => key.workspaceId === workspaceId)
      return rows.toSorted((a, b) => b.id - a.id).map(toApiKey)
    },
    use: async (hash) => {
      const row = live().find((key) => key.hash === hash && isInTime(state, key))
      if (!row) return null
      const { workspaceId, userId } = row
      const isMember = state.memberships.some(
        (one) => one.workspaceId === workspaceId && one.userId === userId,
      )
      if (!isMember) return null
      const key = { ...toApiKey(row), workspaceId, userId }
      row.last_used_at = instantOf(state)
      const { id, name } = requireRow(state.workspaces, workspaceId, 'workspace')
      return { key, user: { ...requireRow(state.users, userId, 'user') }, workspace: { id, name } }
    },
    revoke: async (workspaceId, id) => {
      const row = live().find((key) => key.id === id && key.workspaceId === workspaceId)
      if (row) row.isRevoked = true
      return row !== undefined
    },
    bot: async (workspaceId) => ({
      isOn: state.workspaces.get(workspaceId)?.bot ?? false,
      hasKey: hasBotKey(state, workspaceId),
    }),
    setBot: async (workspaceId, isOn) => {
      requireRow(state.workspaces, workspaceId, 'workspace').bot = isOn
    },
  }
}

const isInTime = (state: MemoryState, { expires_at }: KeyRow) =>
  expires_at === null || Date.parse(expires_at) > state.now()

const hasBotKey = (state: MemoryState, workspaceId: number): boolean =>
  state.keys.some(
    (key) =>
      key.workspaceId === workspaceId && key.scopes.includes('ai') && !key.isRevoked && isInTime(state, key),
  )

/** True where the bot answers: the workspace wants it, and a program may write in its name. */
export const botAnswers = (state: MemoryState, workspaceId: number): boolean =>
  requireRow(state.workspaces, workspaceId, 'workspace').bot && hasBotKey(state, workspaceId)

const toApiKey = ({ id, name, prefix, scopes, created_at, expires_at, last_used_at }: KeyRow): ApiKey => ({
  ...{ id, name, prefix, scopes: [...scopes] },
  ...{ created_at, expires_at, last_used_at },
})
