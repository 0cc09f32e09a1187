import { displayName } from '../../contract/display-name.ts'
import { DomainError } from '../../core/errors.ts'
import { type Accounts, type Administers, NO_SETUP_CODE } from '../../core/ports/accounts.ts'
import { createMemoryMembers } from './members.ts'
import { createMemoryPasswordStore } from './password-store.ts'
import { removeUser } from './remove-user.ts'
import type { MembershipRow } from './rows.ts'
import { createMemorySignIns, findLive } from './sign-ins.ts'
import { type MemoryState, requireRow } from './state.ts'

/** People, their sessions, tokens and memberships of one process. */
export function createMemoryAccounts(state: MemoryState): Accounts {
  return {
    ...people(state),
    ...sessions(state),
    ...createMemorySignIns(state),
    ...createMemoryPasswordStore(state),
    ...tokens(state),
    ...memberships(state),
    ...createMemoryMembers(state),
  }
}

const takenField = (state: MemoryState, username: string, email: string) => {
  const users = [...state.users.values()]
  if (users.some((user) => user.username === username)) return 'username'
  return users.some((user) => user.email === email) ? 'email' : null
}

function administersInstance(state: MemoryState, administers: Administers): boolean {
  if (administers === 'no') return false
  if (administers === 'if_first') return state.users.size === 0
  const expiresAt = state.setupCodes.get(administers.setupDigest) ?? 0
  const isTaken = [...state.users.values()].some(({ isInstanceAdmin }) => isInstanceAdmin)
  if (isTaken || expiresAt <= state.now())
    throw new DomainError('forbidden', NO_SETUP_CODE, { cause: 'setup_code' })
  state.setupCodes.clear()
  return true
}

function people(
  state: MemoryState,
): Pick<Accounts, 'create' | 'findByLogin' | 'findById' | 'setLocale' | 'changeProfile' | 'remove'> {
  return {
    create: async ({ workspaceName: name, epoch, administers, ...input }) => {
      const email = input.email.toLowerCase()
      const cause = takenField(state, input.username, email)
      if (cause) throw new DomainError('conflict', `A user with that ${cause} already exists.`, { cause })
      const isInstanceAdmin = administersInstance(state, administers)
      const user = {
        ...input,
        email,
        id: state.nextId(),
        isInstanceAdmin,
        defaultReplyHandler: 'support' as const,
      }
      const workspace = {
        id: state.nextId(),
        name,
        epoch,
        head: 0,
        floor: 0,
        bot: false,
        retentionDays: null,
        log: [],
      }
      state.users.set(user.id, user)
      state.workspaces.set(workspace.id, workspace)
      join(state, { workspaceId: workspace.id, userId: user.id, role: 'owner' })
      return { ...user }
    },
    findByLogin: async (login) => {
      const users = [...state.users.values()]
      const byEmail = users.find(({ email }) => email === login.toLowerCase())
      const user = byEmail ?? users.find(({ username }) => username === login)
      return user ? { ...user } : null
    },
    findById: async (id) => {
      const user = state.users.get(id)
      return user ? { ...user } : null
    },
    setLocale: async (id, locale) => {
      const user = state.users.get(id)
      if (user) user.locale = locale
    },
    changeProfile: async (id, profile) => {
      const user = state.users.get(id)
      const named = Object.entries(profile).filter(([, value]) => value !== undefined)
      if (user) Object.assign(user, Object.fromEntries(named))
      const isOwned = (row: MembershipRow) => row.userId === id && row.role === 'owner'
      if (profile.defaultReplyHandler)
        for (const { workspaceId } of state.memberships.filter(isOwned))
          requireRow(state.workspaces, workspaceId, 'workspace').bot = profile.defaultReplyHandler === 'AI'
      return user ? { ...user } : null
    },
    remove: async (id) => removeUser(state, id),
  }
}

type SessionVerbs = Pick<Accounts, 'openSession' | 'owner' | 'revokeSession'>

function sessions(state: MemoryState): SessionVerbs {
  return {
    openSession: async (session) => {
      requireRow(state.users, session.userId, 'user')
      if (state.sessions.has(session.id)) throw new Error(`There is a session ${session.id} already`)
      const at = state.now()
      state.sessions.set(session.id, { ...session, isRevoked: false, createdAt: at, lastSeenAt: at })
    },
    owner: async (id) => {
      const found = findLive(state, id)
      if (!found) return null
      const { isRevoked: _, createdAt: __, lastSeenAt: ___, ...session } = found
      const user = requireRow(state.users, session.userId, 'user')
      return { session: { ...session }, user: { ...user }, workspaces: workspacesOf(state, user.id) }
    },
    revokeSession: async (id) => {
      const session = state.sessions.get(id)
      if (session) session.isRevoked = true
    },
  }
}

const workspacesOf = (state: MemoryState, userId: number) =>
  state.memberships
    .filter((membership) => membership.userId === userId)
    .toSorted((a, b) => a.createdAt - b.createdAt || a.workspaceId - b.workspaceId)
    .map(({ workspaceId, role }) => {
      const { id, name } = requireRow(state.workspaces, workspaceId, 'workspace')
      return { id, name, role }
    })

function tokens(state: MemoryState): Pick<Accounts, 'addTokens' | 'findTokens' | 'rotateTokens'> {
  const add: Accounts['addTokens'] = async (pair) => {
    requireRow(state.sessions, pair.sessionId, 'session')
    state.tokens.set(pair.jti, { ...pair, rotated: false })
  }
  return {
    addTokens: add,
    findTokens: async (jti) => {
      const pair = state.tokens.get(jti)
      return pair ? { ...pair } : null
    },
    rotateTokens: async (jti, next) => {
      const pair = state.tokens.get(jti)
      if (!pair || pair.rotated) return false
      pair.rotated = true
      requireRow(state.sessions, next.sessionId, 'session').expiresAt = next.refreshExpiresAt
      await add(next)
      return true
    },
  }
}

/** Whoever is a member already keeps their role: an invitation never demotes. */
function join(state: MemoryState, membership: Omit<MembershipRow, 'createdAt'>): void {
  const isThis = (row: MembershipRow) =>
    row.workspaceId === membership.workspaceId && row.userId === membership.userId
  if (!state.memberships.some(isThis)) state.memberships.push({ ...membership, createdAt: state.now() })
}

function memberships(state: MemoryState): Pick<Accounts, 'members' | 'invite' | 'accept'> {
  return {
    members: async (workspaceId) =>
      state.memberships
        .filter((membership) => membership.workspaceId === workspaceId)
        .toSorted((a, b) => a.createdAt - b.createdAt || a.userId - b.userId)
        .map(({ userId, role }) => {
          const user = requireRow(state.users, userId, 'user')
          return { userId, name: displayName(user), email: user.email, role }
        }),
    invite: async (invitation) => {
      requireRow(state.workspaces, invitation.workspaceId, 'workspace')
      const id = state.nextId()
      state.invitations.push({ ...invitation, email: invitation.email.toLowerCase(), id, isAccepted: false })
      return id
    },
    accept: async (tokenHash, { id: userId, email }) => {
      const found = state.invitations.find((row) => row.tokenHash === tokenHash)
      const isTheirs = found?.email === email.toLowerCase() && !found.isAccepted
      if (!found || !isTheirs || found.expiresAt <= state.now()) return null
      found.isAccepted = true
      join(state, { workspaceId: found.workspaceId, userId, role: found.role })
      return { workspaceId: found.workspaceId }
    },
  }
}
