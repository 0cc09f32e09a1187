import os from 'node:os'
import { type Container, openContainer } from '../container.ts'
import type { MemberCtx } from '../core/context.ts'
import { DomainError } from '../core/errors.ts'
import type { UserRow } from '../core/ports/accounts.ts'
import { readEnv } from '../env.ts'
import { visitDatabase } from '../visit-database.ts'

/** What a command works with: the core's verbs, as whoever runs the machine. */
export interface Visit {
  container: Container
  ctx: MemberCtx
}

/** Opens what the server would open, beside one that may be running, for the length of one command. */
export async function visit<T>(run: (given: Visit) => Promise<T>): Promise<T> {
  // What the command says is its answer; lines of a log do not belong among it.
  const env = { ...readEnv(), LOG_LEVEL: 'silent' as const }
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`
  const container = await openContainer(env, publicUrl, () => {}, visitDatabase)
  try {
    return await run({ container, ctx: { ...container.ctx, actor: operator() } })
  } finally {
    await container.close()
  }
}

const operator = (): MemberCtx['actor'] => ({
  kind: 'member',
  userId: 0,
  name: `${os.userInfo().username}@${os.hostname()}`,
  sessionId: '',
  sessionKind: 'console',
  workspaceId: 0,
  workspaces: [],
  isInstanceAdmin: true,
  isCommandLine: true,
})

/** The person of an id, a user name or an e-mail address. Throws not_found. */
export async function requireUser({ ctx }: Visit, text: string): Promise<UserRow> {
  const isId = /^\d{1,9}$/.test(text)
  const user = isId ? await ctx.accounts.findById(Number(text)) : await ctx.accounts.findByLogin(text)
  if (!user) throw new DomainError('not_found', `There is nobody called ${text}.`)
  return user
}

/** The operator with a look into the workspaces of a person. */
export async function lookingAt({ container, ctx }: Visit, userId: number): Promise<MemberCtx> {
  const memberships = await container.prisma.membership.findMany({
    where: { userId },
    include: { workspace: { select: { id: true, name: true } } },
  })
  const workspaces = memberships.map(({ workspace }) => ({ ...workspace, role: 'owner' as const }))
  return { ...ctx, actor: { ...ctx.actor, workspaces } }
}
