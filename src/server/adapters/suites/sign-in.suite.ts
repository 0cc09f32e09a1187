import { beforeAll, expect, it } from 'vitest'
import { authenticateSession, authenticateToken } from '../../core/accounts/authenticate.ts'
import { consoleRegister, consoleSignIn, consoleSignOut } from '../../core/accounts/console.ts'
import { login } from '../../core/accounts/login.ts'
import { logout } from '../../core/accounts/logout.ts'
import { refreshAccess } from '../../core/accounts/refresh.ts'
import { register } from '../../core/accounts/register.ts'
import { NO_LIMITS } from '../../core/context.testing.ts'
import { acceptInvitation, inviteMember } from '../../core/workspaces/invite.ts'
import { getMe, listMembers, setLocale } from '../../core/workspaces/people.ts'
import { createAuthenticator } from '../auth/authenticator.ts'
import { createIds } from '../auth/ids.ts'
import { createPasswords } from '../auth/passwords.ts'
import { createTokens } from '../auth/tokens.ts'
import { createMemoryRateLimiter } from '../memory/rate-limiter.ts'
import type { Stores } from '../memory/stores.ts'
import type { Opened } from './stores.testing.ts'

const FROM = { userAgent: 'test', address: '192.0.2.1' }
const PASSWORD = 'a long password'
const DAY = 86_400_000
const settings = {
  publicUrl: 'https://peyk.test',
  publicUrlIsPublic: false,
  accessTtlMs: 7 * DAY,
  refreshTtlMs: 15 * DAY,
  externalSendWaitMs: 0,
  allowRegistration: true,
  firstAdministrator: 'registers' as const,
  isInstagramReady: true,
  limits: NO_LIMITS,
}

function portsOf({ accounts, audit, security, secondFactors }: Stores, ended: unknown[]) {
  const bus = {
    publish: (topic: string, payload: unknown) => void ended.push([topic, payload]),
    subscribe: () => () => {},
    close: async () => {},
  }
  const clock = { now: () => Date.now() }
  const noted = { limiter: createMemoryRateLimiter({ clock }), security }
  const sessions = { watch: () => () => {}, seen: () => {} }
  const auth = {
    sessions,
    secondFactors,
    authenticator: createAuthenticator(),
    passwords: createPasswords(),
    tokens: createTokens('secret'),
    ids: createIds(),
  }
  return { ...auth, accounts, audit, bus, clock: { now: () => Date.now() }, settings, ...noted }
}

/** What signing in and inviting promise on every store of accounts. */
export function describeSignIn(opened: Opened) {
  const ended: unknown[] = []
  let ctx: ReturnType<typeof portsOf>

  beforeAll(() => {
    ctx = portsOf(opened().stores, ended)
  })

  const person = (username: string) =>
    register(ctx, { username, email: `${username}@Example.com`, password: PASSWORD, ...FROM })
  const member = async (token: string) => ({ ...ctx, actor: await authenticateToken(ctx, token) })
  const refusal = (cause: string) => ({ code: 'unauthenticated', cause })

  it('registers a person who owns a workspace of their own', async () => {
    const { user, tokens } = await person('nima')
    expect(user).toMatchObject({ username: 'nima', email: 'nima@example.com', isInstanceAdmin: false })
    const actor = await authenticateToken(ctx, tokens.access_token)
    expect(actor).toMatchObject({ userId: user.id, name: 'nima@example.com' })
    expect(actor.workspaces).toEqual([{ id: actor.workspaceId, name: 'nima@example.com', role: 'owner' }])
  })

  it('refuses a taken name and a taken address, naming which; nothing half-made stays', async () => {
    await person('sara')
    const again = (username: string, email: string) =>
      register(ctx, { username, email, password: PASSWORD, ...FROM })
    await expect(again('sara', 'else@example.com')).rejects.toMatchObject({
      code: 'conflict',
      cause: 'username',
    })
    await expect(again('else', 'SARA@example.com')).rejects.toMatchObject({
      code: 'conflict',
      cause: 'email',
    })
    expect(await ctx.accounts.findByLogin('else')).toBeNull()
    const closed = { ...ctx, settings: { ...settings, allowRegistration: false } }
    const late = register(closed, {
      username: 'late',
      email: 'late@example.com',
      password: PASSWORD,
      ...FROM,
    })
    await expect(late).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('signs in by name or address, and refuses a wrong password and an unknown person in the same words', async () => {
    const { user } = await person('reza')
    for (const name of ['reza', 'REZA@example.COM']) {
      const signedIn = await login(ctx, { email_or_username: name, password: PASSWORD, ...FROM })
      expect(signedIn.user.id).toBe(user.id)
    }
    for (const [name, password] of [
      ['reza', 'wrong'],
      ['nobody', PASSWORD],
      ['re\u0000za', PASSWORD],
    ] as const) {
      const attempt = login(ctx, { email_or_username: name, password, ...FROM })
      await expect(attempt).rejects.toMatchObject({
        code: 'unauthenticated',
        message: 'Invalid email/username or password.',
      })
    }
  })

  it('rotates a refresh token; the old access is out and a reuse ends the whole session', async () => {
    const { tokens: old } = await person('leila')
    const fresh = await refreshAccess(ctx, old.refresh_token)
    await expect(authenticateToken(ctx, old.access_token)).rejects.toMatchObject(refusal('expired'))
    const { sessionId } = await authenticateToken(ctx, fresh.access_token)
    await expect(refreshAccess(ctx, old.refresh_token)).rejects.toMatchObject(refusal('invalid'))
    await expect(authenticateToken(ctx, fresh.access_token)).rejects.toMatchObject(refusal('expired'))
    await expect(refreshAccess(ctx, fresh.refresh_token)).rejects.toMatchObject(refusal('invalid'))
    expect(ended).toContainEqual(['sessions', { sessionId }])
  })

  it('lets at most one of two refreshes at once through', async () => {
    const { tokens } = await person('omid')
    const twice = [refreshAccess(ctx, tokens.refresh_token), refreshAccess(ctx, tokens.refresh_token)]
    const results = await Promise.allSettled(twice)
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1)
  })

  it('refuses an access token for refreshing, a token that was never stored, and an expired one', async () => {
    const { user, tokens } = await person('kian')
    await expect(refreshAccess(ctx, tokens.access_token)).rejects.toMatchObject(refusal('invalid'))
    await expect(authenticateToken(ctx, tokens.refresh_token)).rejects.toMatchObject(refusal('invalid'))
    const now = Date.now()
    const forged = {
      userId: user.id,
      jti: ctx.ids.uuid(),
      now,
      accessExpiresAt: now + DAY,
      refreshExpiresAt: now + DAY,
    }
    const unknown = await ctx.tokens.issue(forged)
    await expect(authenticateToken(ctx, unknown.access)).rejects.toMatchObject(refusal('invalid'))
    const strange = await ctx.tokens.issue({ ...forged, jti: 'not-a-uuid' })
    await expect(authenticateToken(ctx, strange.access)).rejects.toMatchObject(refusal('invalid'))
    const old = await ctx.tokens.issue({ ...forged, accessExpiresAt: now - DAY })
    await expect(authenticateToken(ctx, old.access)).rejects.toMatchObject(refusal('expired'))
  })

  it('ends only the session that logs out', async () => {
    const { tokens } = await person('mina')
    const other = await login(ctx, { email_or_username: 'mina', password: PASSWORD, ...FROM })
    await logout(await member(tokens.access_token))
    await expect(authenticateToken(ctx, tokens.access_token)).rejects.toMatchObject(refusal('expired'))
    await expect(refreshAccess(ctx, tokens.refresh_token)).rejects.toMatchObject(refusal('invalid'))
    expect((await authenticateToken(ctx, other.tokens.access_token)).userId).toBe(other.user.id)
  })

  it('signs in on the console until the session is signed out or expires', async () => {
    const input = {
      username: 'dara',
      email: 'dara@example.com',
      password: PASSWORD,
      firstName: 'Dara',
      lastName: '',
    }
    const registered = await consoleRegister(ctx, { ...input, ...FROM })
    expect(registered).toMatchObject({ name: 'Dara', locale: 'fa' })
    const { sessionId } = await consoleSignIn(ctx, { login: 'dara', password: PASSWORD, ...FROM })
    expect(await authenticateSession(ctx, sessionId)).toMatchObject({ userId: registered.userId, sessionId })
    await consoleSignOut(ctx, sessionId)
    await expect(authenticateSession(ctx, sessionId)).rejects.toMatchObject(refusal('expired'))
    const expired = {
      id: ctx.ids.uuid(),
      userId: registered.userId,
      kind: 'console' as const,
      expiresAt: 1,
      ...FROM,
    }
    await ctx.accounts.openSession(expired)
    await expect(authenticateSession(ctx, expired.id)).rejects.toMatchObject(refusal('expired'))
    await expect(authenticateSession(ctx, "' OR true --")).rejects.toMatchObject(refusal('expired'))
    await expect(consoleRegister(ctx, { ...input, ...FROM, password: 'short' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  it('makes the invited person, and nobody else, a member once; an agent invites nobody', async () => {
    const owner = await member((await person('owner')).tokens.access_token)
    const agentTokens = (await person('agent')).tokens
    const agent = await member(agentTokens.access_token)
    const stranger = await member((await person('stranger')).tokens.access_token)
    const { url } = await inviteMember(owner, { email: 'Agent@example.com', role: 'agent' })
    expect(url).toMatch(/^https:\/\/peyk\.test\/invitations\/[\w-]{43}$/)
    const token = url.split('/').at(-1) ?? ''
    await expect(acceptInvitation(stranger, { token })).rejects.toMatchObject({ code: 'not_found' })
    expect(await acceptInvitation(agent, { token })).toEqual({ workspaceId: owner.actor.workspaceId })
    await expect(acceptInvitation(agent, { token })).rejects.toMatchObject({ code: 'not_found' })
    const joined = await member(agentTokens.access_token)
    expect(joined.actor).toMatchObject({ workspaceId: owner.actor.workspaceId })
    expect(joined.actor.workspaces).toHaveLength(2)
    const invite = { email: 'more@example.com', role: 'agent' as const }
    await expect(inviteMember(joined, invite)).rejects.toMatchObject({ code: 'forbidden' })
    const repeated = inviteMember(owner, { email: 'agent@example.com', role: 'agent' })
    await expect(repeated).rejects.toMatchObject({ code: 'conflict' })
    expect(await ctx.accounts.members(owner.actor.workspaceId)).toMatchObject([
      { role: 'owner' },
      { role: 'agent' },
    ])
  })

  it('tells people who they are and who of them is at the console', async () => {
    const { actor } = await member((await person('pari')).tokens.access_token)
    const presence = {
      enter: async () => true,
      leave: async () => true,
      beat: async () => {},
      who: async (place: string) => (place === `console:${actor.workspaceId}` ? [actor.userId] : []),
      beatMs: 1,
    }
    const here = { ...ctx, actor, presence }
    expect(await setLocale(here, { locale: 'en' })).toEqual({ locale: 'en' })
    const workspace = { id: actor.workspaceId, name: 'pari@example.com', role: 'owner' }
    expect(await getMe(here)).toMatchObject({
      username: 'pari',
      locale: 'en',
      workspace,
      workspaces: [workspace],
    })
    expect(await listMembers(here)).toMatchObject([{ userId: actor.userId, role: 'owner', isOnline: true }])
  })
}
