import type { ApiKey, CreateApiKey } from '../../contract/account.ts'
import { displayName } from '../../contract/display-name.ts'
import type { Ctx, Member, MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { canManageKeys, requireRight } from '../security/can.ts'

/** What every key begins with, so that people and secret scanners know one when they see it. */
export const KEY_PREFIX = 'peyk_'
const SHOWN = KEY_PREFIX.length + 6

const requireAdmin = (ctx: MemberCtx) =>
  requireRight(ctx, canManageKeys, 'Only owners and admins can manage API keys')

/** Makes a key of the workspace the member works in; `key` is shown this once. */
export async function createKey(ctx: MemberCtx, input: CreateApiKey): Promise<ApiKey & { key: string }> {
  requireAdmin(ctx)
  const expiresAt = input.expires_at ? Date.parse(input.expires_at) : null
  if (expiresAt !== null && expiresAt <= ctx.clock.now())
    throw new DomainError('invalid_input', 'expires_at lies in the past')
  const key = KEY_PREFIX + ctx.ids.secret()
  const stored = await ctx.keys.create({
    workspaceId: ctx.actor.workspaceId,
    userId: ctx.actor.userId,
    name: input.name.trim(),
    prefix: key.slice(0, SHOWN),
    hash: ctx.tokens.digest(key),
    scopes: [...new Set(input.scopes)],
    expiresAt,
  })
  const after = { name: stored.name, scopes: stored.scopes, expires_at: stored.expires_at }
  await audit(ctx, { action: 'key.created', target: `key:${stored.id}`, after })
  return { ...stored, key }
}

/** The live keys of the workspace. */
export async function listKeys(ctx: MemberCtx): Promise<ApiKey[]> {
  requireAdmin(ctx)
  return ctx.keys.list(ctx.actor.workspaceId)
}

/** Ends a key at once. Errors: not_found. */
export async function revokeKey(ctx: MemberCtx, input: { id: number }): Promise<void> {
  requireAdmin(ctx)
  if (!(await ctx.keys.revoke(ctx.actor.workspaceId, input.id)))
    throw new DomainError('not_found', 'API key not found')
  await audit(ctx, { action: 'key.revoked', target: `key:${input.id}` })
}

/** The member in whose name a key acts: as an agent, in the key's workspace alone. Throws unauthenticated. */
export async function authenticateKey(ctx: Pick<Ctx, 'keys' | 'tokens'>, key: string): Promise<Member> {
  const used = await ctx.keys.use(ctx.tokens.digest(key))
  if (!used) throw new DomainError('unauthenticated', 'This API key is not valid', { cause: 'invalid' })
  const { user, workspace } = used
  return {
    kind: 'member',
    userId: user.id,
    name: displayName(user),
    sessionId: '',
    sessionKind: 'api',
    isInstanceAdmin: false,
    workspaceId: workspace.id,
    workspaces: [{ ...workspace, role: 'agent' }],
    key: { id: used.key.id, scopes: used.key.scopes },
  }
}
