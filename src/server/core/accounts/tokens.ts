import type { SessionRow, TokenPair } from '../ports/accounts.ts'
import type { Ports } from '../ports.ts'
import { tellSessionEnd } from './session-end.ts'

/** The ports that signing in and out needs. */
export type AccountPorts = Pick<
  Ports,
  | 'accounts'
  | 'passwords'
  | 'secondFactors'
  | 'authenticator'
  | 'tokens'
  | 'bus'
  | 'clock'
  | 'ids'
  | 'settings'
  | 'limiter'
  | 'security'
  | 'audit'
>

/** Where a sign-in comes from. */
export interface Origin {
  userAgent: string
  address: string
}

export interface TokenAnswer {
  access_token: string
  refresh_token: string
}

const MAX_USER_AGENT = 300
const MAX_ADDRESS = 64

/** Opens a session for an API client and its first token pair. */
export async function openTokens(ctx: AccountPorts, userId: number, origin: Origin): Promise<TokenAnswer> {
  const expiresAt = ctx.clock.now() + ctx.settings.refreshTtlMs
  const sessionId = await openSession(ctx, { userId, kind: 'api', expiresAt, ...origin })
  const { pair, answer } = await makePair(ctx, userId, sessionId)
  await ctx.accounts.addTokens(pair)
  return answer
}

/** Stores a new session; answers its id. */
export async function openSession(ctx: AccountPorts, session: Omit<SessionRow, 'id'>): Promise<string> {
  const id = ctx.ids.uuid()
  const userAgent = session.userAgent.slice(0, MAX_USER_AGENT)
  await ctx.accounts.openSession({
    ...session,
    id,
    userAgent,
    address: session.address.slice(0, MAX_ADDRESS),
  })
  return id
}

/** Ends a session everywhere: its tokens, its cookie and its open sockets. */
export async function endSession(ctx: Pick<Ports, 'accounts' | 'bus'>, sessionId: string): Promise<void> {
  await ctx.accounts.revokeSession(sessionId)
  tellSessionEnd(ctx.bus, sessionId)
}

/** Signs a pair that is not in the allow-list yet. */
export async function makePair(
  ctx: Pick<Ports, 'tokens' | 'clock' | 'ids' | 'settings'>,
  userId: number,
  sessionId: string,
): Promise<{ pair: TokenPair; answer: TokenAnswer }> {
  const now = ctx.clock.now()
  const expiry = {
    accessExpiresAt: now + ctx.settings.accessTtlMs,
    refreshExpiresAt: now + ctx.settings.refreshTtlMs,
  }
  const jti = ctx.ids.uuid()
  const { access, refresh } = await ctx.tokens.issue({ userId, jti, now, ...expiry })
  const hashes = { accessHash: ctx.tokens.digest(access), refreshHash: ctx.tokens.digest(refresh) }
  const answer = { access_token: access, refresh_token: refresh }
  return { pair: { jti, sessionId, userId, ...expiry, ...hashes }, answer }
}
