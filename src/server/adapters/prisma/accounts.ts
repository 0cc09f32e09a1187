import { displayName } from '../../contract/display-name.ts'
import { DomainError } from '../../core/errors.ts'
import { type Accounts, type Administers, NO_SETUP_CODE, type Profile } from '../../core/ports/accounts.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { createMembers, lockWorkspaces } from './members.ts'
import { createPasswordStore } from './password-store.ts'
import { createSignIns } from './sign-ins.ts'
import { createTokenStore } from './token-store.ts'
import { isUniqueViolation } from './unique-violation.ts'
import { toUser } from './user.ts'
import { UUID } from './uuid.ts'

const MAX_MEMBERS = 1_000
const MAX_WORKSPACES = 100
const REGISTRATION_LOCK = 7_027_021

/** People, their sessions, tokens and memberships in PostgreSQL. */
export function createAccounts(prisma: PrismaClient): Accounts {
  return {
    ...people(prisma),
    ...sessions(prisma),
    ...createSignIns(prisma),
    ...createPasswordStore(prisma),
    ...createTokenStore(prisma),
    ...memberships(prisma),
    ...createMembers(prisma),
  }
}

function people(prisma: PrismaClient) {
  return {
    create: async (input: NewUser) => {
      try {
        return toUser(await insertUser(prisma, input))
      } catch (error) {
        throw isUniqueViolation(error) ? await taken(prisma, input.username) : error
      }
    },
    // A user name may look like somebody else's address: the address wins.
    findByLogin: async (login: string) => {
      const byEmail = await prisma.user.findUnique({ where: { email: login.toLowerCase() } })
      const user = byEmail ?? (await prisma.user.findUnique({ where: { username: login } }))
      return user && toUser(user)
    },
    findById: async (id: number) => {
      const user = await prisma.user.findUnique({ where: { id } })
      return user && toUser(user)
    },
    setLocale: async (id: number, locale: 'fa' | 'en') => {
      await prisma.user.updateMany({ where: { id }, data: { locale } })
    },
    changeProfile: (id: number, profile: Profile) =>
      prisma.$transaction(async (tx) => {
        const [user] = await tx.user.updateManyAndReturn({ where: { id }, data: profile })
        if (profile.defaultReplyHandler)
          await tx.workspace.updateMany({
            where: { memberships: { some: { userId: id, role: 'owner' } } },
            data: { bot: profile.defaultReplyHandler === 'AI' },
          })
        return user ? toUser(user) : null
      }),
    remove: (id: number) => removeUser(prisma, id),
  }
}

type NewUser = Parameters<Accounts['create']>[0]

const insertUser = (prisma: PrismaClient, { workspaceName, epoch, administers, ...input }: NewUser) =>
  prisma.$transaction(async (tx) => {
    // Two first registrations at once must not make two instance administrators.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${REGISTRATION_LOCK}::bigint)`
    const isInstanceAdmin = await administersInstance(tx, administers)
    const user = await tx.user.create({
      data: { ...input, email: input.email.toLowerCase(), isInstanceAdmin },
    })
    const workspace = { create: { name: workspaceName, epoch } }
    await tx.membership.create({ data: { role: 'owner', user: { connect: { id: user.id } }, workspace } })
    return user
  })

async function administersInstance(tx: Prisma.TransactionClient, administers: Administers): Promise<boolean> {
  if (administers === 'no') return false
  const where = administers === 'if_first' ? {} : { isInstanceAdmin: true }
  const isTaken = (await tx.user.findFirst({ where, select: { id: true } })) !== null
  if (administers === 'if_first') return !isTaken
  const code = { digest: administers.setupDigest, expiresAt: { gt: new Date() } }
  if (isTaken || (await tx.setupCode.count({ where: code })) === 0)
    throw new DomainError('forbidden', NO_SETUP_CODE, { cause: 'setup_code' })
  // The others were printed for the same purpose, and it is fulfilled.
  await tx.setupCode.deleteMany()
  return true
}

const removeUser = (prisma: PrismaClient, userId: number) =>
  prisma.$transaction(async (tx) => {
    const own = await tx.membership.findMany({
      where: { userId, role: 'owner' },
      select: { workspaceId: true },
    })
    await lockWorkspaces(
      tx,
      own.map(({ workspaceId }) => workspaceId),
    )
    const owned = await tx.workspace.findMany({
      where: { memberships: { some: { userId, role: 'owner' } } },
      include: { memberships: { where: { userId: { not: userId } }, select: { role: true } } },
    })
    if (owned.some(({ memberships: others }) => others.length > 0 && !others.some(isOwner)))
      throw new DomainError('conflict', 'Others work in your workspace: make one of them its owner first')
    const alone = owned.filter(({ memberships: others }) => others.length === 0).map(({ id }) => id)
    const sessions = await tx.session.findMany({ where: { userId, revokedAt: null }, select: { id: true } })
    await tx.event.deleteMany({ where: { workspaceId: { in: alone } } })
    await tx.workspace.deleteMany({ where: { id: { in: alone } } })
    await tx.user.deleteMany({ where: { id: userId } })
    return { workspaceIds: alone, sessionIds: sessions.map(({ id }) => id) }
  })

const isOwner = ({ role }: { role: string }) => role === 'owner'

async function taken(prisma: PrismaClient, username: string): Promise<DomainError> {
  const byName = await prisma.user.findUnique({ where: { username }, select: { id: true } })
  const field = byName ? 'username' : 'email'
  return new DomainError('conflict', `A user with that ${field} already exists.`, { cause: field })
}

type SessionVerbs = Pick<Accounts, 'openSession' | 'owner' | 'revokeSession'>

function sessions(prisma: PrismaClient): SessionVerbs {
  return {
    openSession: async ({ expiresAt, ...session }) => {
      await prisma.session.create({ data: { ...session, expiresAt: new Date(expiresAt) } })
    },
    owner: async (id) => {
      if (!UUID.test(id)) return null
      const found = await prisma.session.findFirst({
        where: { id, revokedAt: null, expiresAt: { gt: new Date() } },
        include: {
          user: {
            include: {
              memberships: {
                include: { workspace: { select: { id: true, name: true } } },
                orderBy: [{ createdAt: 'asc' }, { workspaceId: 'asc' }],
                take: MAX_WORKSPACES,
              },
            },
          },
        },
      })
      if (!found) return null
      const { userId, kind, expiresAt, userAgent, address, user } = found
      return {
        session: { id, userId, kind, expiresAt: expiresAt.getTime(), userAgent, address },
        user: toUser(user),
        workspaces: user.memberships.map(({ role, workspace }) => ({ ...workspace, role })),
      }
    },
    revokeSession: async (id) => {
      if (!UUID.test(id)) return
      await prisma.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } })
    },
  }
}

function memberships(prisma: PrismaClient): Pick<Accounts, 'members' | 'invite' | 'accept'> {
  return {
    members: async (workspaceId) => {
      const rows = await prisma.membership.findMany({
        where: { workspaceId },
        include: { user: true },
        orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
        take: MAX_MEMBERS,
      })
      return rows.map(({ userId, role, user }) => ({
        userId,
        name: displayName(user),
        email: user.email,
        role,
      }))
    },
    invite: async ({ expiresAt, ...invitation }) => {
      const email = invitation.email.toLowerCase()
      const data = { ...invitation, email, expiresAt: new Date(expiresAt) }
      return (await prisma.invitation.create({ data, select: { id: true } })).id
    },
    accept: (tokenHash, user) =>
      prisma.$transaction(async (tx) => {
        const now = new Date()
        const [used] = await tx.invitation.updateManyAndReturn({
          where: { tokenHash, email: user.email.toLowerCase(), acceptedAt: null, expiresAt: { gt: now } },
          data: { acceptedAt: now },
        })
        if (!used) return null
        const { workspaceId, role } = used
        // Whoever is a member already keeps their role: an invitation never demotes.
        await tx.membership.createMany({
          data: [{ workspaceId, userId: user.id, role }],
          skipDuplicates: true,
        })
        return { workspaceId }
      }),
  }
}
