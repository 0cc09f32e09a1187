import { initTRPC } from '@trpc/server'
import type { Ctx, MemberCtx } from '../../core/context.ts'
import { DomainError, isDomainError } from '../../core/errors.ts'
import { toTrpcError, trpcErrorShape } from './errors.ts'

/** What every procedure is given. `authenticate` reads the session again, so that a revoked one fails the very next call. */
export interface TrpcContext {
  authenticate(): Promise<MemberCtx>
  /** The core's context with nobody in it. */
  base: Ctx
  /** Where the request or the socket comes from. */
  address: string
  connectionId: string
  signal: AbortSignal | undefined
}

const t = initTRPC
  .context<TrpcContext>()
  .meta<{ isOpen?: true }>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => trpcErrorShape(shape, error),
  })

export const router = t.router

/** A procedure of a signed-in member: `ctx` is the core's context, made anew from the stored session on every call. */
export const procedure = t.procedure.use(async ({ ctx, next }) => {
  const core = await ctx.authenticate().catch((error: unknown) => {
    throw toTrpcError(error)
  })
  const result = await next({ ctx: { core, connectionId: ctx.connectionId } })
  if (!result.ok && isDomainError(result.error.cause)) throw toTrpcError(result.error.cause)
  return result
})

/** A procedure that needs no session: what proves the right to it is in its input. */
export const openProcedure = t.procedure.meta({ isOpen: true }).use(async ({ next }) => {
  const result = await next()
  if (!result.ok && isDomainError(result.error.cause)) throw toTrpcError(result.error.cause)
  return result
})

/** The same member at work in one workspace alone, for verbs that would look into all of theirs. */
export const atWork = (core: MemberCtx): MemberCtx => {
  const { actor } = core
  const workspaces = actor.workspaces.filter(({ id }) => id === actor.workspaceId)
  return { ...core, actor: { ...actor, workspaces } }
}

export const unauthenticated = () => new DomainError('unauthenticated', 'Sign in to continue')
