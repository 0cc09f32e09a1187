import { DomainError } from '../errors.ts'
import type { TokenPair } from '../ports/accounts.ts'
import { type AccountPorts, endSession, makePair, type TokenAnswer } from './tokens.ts'

/** Exchanges a refresh token for a new pair; the old pair leaves the allow-list. */
export async function refreshAccess(ctx: AccountPorts, refreshToken: string): Promise<TokenAnswer> {
  const old = await requireRefresh(ctx, refreshToken)
  const { pair, answer } = await makePair(ctx, old.userId, old.sessionId)
  if (!(await ctx.accounts.rotateTokens(old.jti, pair))) return refuseReuse(ctx, old.sessionId)
  return answer
}

async function requireRefresh(ctx: AccountPorts, token: string): Promise<TokenPair> {
  const claims = await ctx.tokens.verify(token, 'refresh')
  if (typeof claims === 'string') throw refused(claims)
  const pair = await ctx.accounts.findTokens(claims.jti)
  const isThis = pair?.refreshHash === ctx.tokens.digest(token) && pair.userId === claims.userId
  if (!pair || !isThis) throw refused('invalid')
  if (pair.rotated) return refuseReuse(ctx, pair.sessionId)
  if (!(await ctx.accounts.owner(pair.sessionId))) throw refused('invalid')
  return pair
}

// A refresh token that comes twice has been copied, and nobody knows which of the two came from its owner:
// the session ends for both.
async function refuseReuse(ctx: AccountPorts, sessionId: string): Promise<never> {
  await endSession(ctx, sessionId)
  throw refused('invalid')
}

const refused = (cause: 'invalid' | 'expired') =>
  new DomainError('unauthenticated', 'refresh is invalid', { cause })
