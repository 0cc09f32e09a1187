import { describe, expect, it } from 'vitest'
import type { Role } from '../../contract/account.ts'
import { ListAudit } from '../../contract/audit.ts'
import { enter, join, openKey } from '../cast.testing.ts'
import { createTestCtx, NO_LIMITS, openChannel } from '../context.testing.ts'
import type { Ctx, MemberCtx } from '../context.ts'
import { acceptInvitation, inviteMember } from '../workspaces/invite.ts'
import { changeRole, removeMember } from '../workspaces/members.ts'
import { authenticateSession } from './authenticate.ts'
import { login } from './login.ts'
import { findResetLink, makeResetLink, makeResetLinkFor, resetPassword } from './reset-link.ts'

const NEW = 'the new password'
const address = '203.0.113.9'
const tokenOf = ({ url }: { url: string }) => url.split('/').at(-1) ?? ''
const again = async (ctx: MemberCtx): Promise<MemberCtx> => ({
  ...ctx,
  actor: await authenticateSession(ctx, ctx.actor.sessionId),
})

/** Root runs the instance and works elsewhere; Anna owns the shop, Ada is its admin, Bob its agent. */
async function open() {
  const test = createTestCtx()
  const root = (await enter(test.ctx, 'root')).as
  const anna = (await enter(test.ctx, 'anna')).as
  const hire = async (name: string, role: Role = 'agent') => {
    const person = await join(anna, name)
    if (role !== 'agent') await changeRole(anna, { userId: person.as.actor.userId, role })
    return { ...person, as: await again(person.as) }
  }
  const [ada, bob] = [(await hire('ada', 'admin')).as, await hire('bob')]
  const use = (link: { url: string }, ctx: Ctx = test.ctx) =>
    resetPassword(ctx, { token: tokenOf(link), password: NEW, address })
  const signIn = (name: string) =>
    login(test.ctx, { email_or_username: name, password: NEW, userAgent: '', address })
  return { ...test, root, anna, ada, bob: bob.as, hire, use, signIn }
}

const idOf = ({ actor }: MemberCtx) => ({ userId: actor.userId })
const leave = (who: MemberCtx) => who.actor.workspaces.find(({ role }) => role === 'owner')?.id ?? 0

describe('a password link', () => {
  it('sets a password once and ends every session of the person', async () => {
    const { ctx, anna, bob, use, signIn } = await open()
    const link = await makeResetLink(anna, idOf(bob))
    expect(link.url).toMatch(/^https:\/\/peyk\.test\/reset\/[\w-]{43}$/)
    expect((await findResetLink(ctx, tokenOf(link)))?.user.username).toBe('bob')
    await use(link)
    await expect(authenticateSession(ctx, bob.actor.sessionId)).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect(await ctx.accounts.sessionsOf(bob.actor.userId)).toEqual([])
    expect((await signIn('bob')).user.username).toBe('bob')
    await expect(use(link)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is void after an hour, and once another is made', async () => {
    const { ctx, anna, bob, clock, use } = await open()
    const [first, second] = [await makeResetLink(anna, idOf(bob)), await makeResetLink(anna, idOf(bob))]
    await expect(use(first)).rejects.toMatchObject({ code: 'not_found' })
    clock.advance(60 * 60_000)
    await expect(use(second)).rejects.toMatchObject({ code: 'not_found' })
    expect((await ctx.accounts.findById(bob.actor.userId))?.passwordHash).toBe('')
    const third = await makeResetLink(anna, idOf(bob))
    clock.advance(60 * 60_000 - 1)
    await use(third)
  })

  it('takes no password that would be guessed, and is not used up by one', async () => {
    const { ctx, anna, bob, use } = await open()
    const link = await makeResetLink(anna, idOf(bob))
    const weak = { token: tokenOf(link), password: 'bob@example.com', address }
    await expect(resetPassword(ctx, weak)).rejects.toMatchObject({ code: 'invalid_input' })
    await use(link)
  })

  it('is tried so often and no more', async () => {
    const { ctx } = await open()
    const attempt = (token: string) => resetPassword(ctx, { token, password: NEW, address })
    for (let index = 0; index < 30; index++)
      await expect(attempt(`guess-${index}`)).rejects.toMatchObject({ code: 'not_found' })
    await expect(attempt('one more')).rejects.toMatchObject({ code: 'rate_limited' })
    expect(NO_LIMITS.isRateLimited).toBe(true)
  })

  it('is told of in the workspace, without its secret', async () => {
    const { ctx, anna, bob, use } = await open()
    const link = await makeResetLink(anna, idOf(bob))
    await use(link)
    const entries = await ctx.audit.list(anna.actor.workspaceId, ListAudit.parse({}))
    const target = `user:${bob.actor.userId}`
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'account.password_reset', target, address, actor: { name: 'bob' } },
      { action: 'member.password_link_made', target, actor: { name: 'anna' } },
    ])
    expect(JSON.stringify(entries)).not.toContain(tokenOf(link))
  })
})

describe('whoever makes a password link', () => {
  it('has the right to manage members, and nobody above them', async () => {
    const { anna, ada, bob, hire } = await open()
    const [olga, eve] = [(await hire('olga', 'owner')).as, (await hire('eve', 'admin')).as]
    const may = [
      [anna, olga],
      [anna, ada],
      [anna, bob],
      [ada, eve],
      [ada, bob],
    ] as const
    for (const [by, whom] of may) expect(await makeResetLink(by, idOf(whom))).toHaveProperty('url')
    const mayNot = [
      [ada, anna],
      [ada, olga],
      [bob, eve],
      [bob, anna],
    ] as const
    for (const [by, whom] of mayNot)
      await expect(makeResetLink(by, idOf(whom))).rejects.toMatchObject({ code: 'forbidden' })
    const program = (await openKey(anna, ['read'])).as
    await expect(makeResetLink(program, idOf(bob))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('makes none for themselves, for strangers, or for whoever runs the instance', async () => {
    const { ctx, root, anna } = await open()
    await expect(makeResetLink(anna, idOf(anna))).rejects.toMatchObject({ code: 'precondition_failed' })
    const stranger = (await enter(ctx, 'stranger')).as
    await expect(makeResetLink(anna, idOf(stranger))).rejects.toMatchObject({ code: 'not_found' })
    await expect(makeResetLink(anna, { userId: 999_999 })).rejects.toMatchObject({ code: 'not_found' })
    const { url } = await inviteMember(anna, { email: 'root@example.com', role: 'agent' })
    await acceptInvitation(root, { token: tokenOf({ url }) })
    await expect(makeResetLink(anna, idOf(root))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('makes none that also opens a workspace where anything is, or anybody else', async () => {
    const { ctx, anna, bob, hire } = await open()
    await openChannel({ ...bob, actor: { ...bob.actor, workspaceId: leave(bob) } })
    await expect(makeResetLink(anna, idOf(bob))).rejects.toMatchObject({ code: 'conflict' })
    const mia = (await hire('mia')).as
    const host = (await enter(ctx, 'host')).as
    const { url } = await inviteMember(host, { email: 'mia@example.com', role: 'agent' })
    await acceptInvitation(mia, { token: tokenOf({ url }) })
    await expect(makeResetLink(anna, idOf(mia))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('may be whoever runs the instance, for every member whom they work with', async () => {
    const { root, anna, bob, use } = await open()
    const { url } = await inviteMember(anna, { email: 'root@example.com', role: 'agent' })
    await acceptInvitation(root, { token: tokenOf({ url }) })
    const here = await again(root)
    await openChannel({ ...bob, actor: { ...bob.actor, workspaceId: leave(bob) } })
    await use(await makeResetLink(here, idOf(bob)))
    expect(await makeResetLink(here, idOf(anna))).toHaveProperty('url')
  })
})

describe('a password link that was made in a workspace', () => {
  it('opens nothing that the person has come into since', async () => {
    const { ctx, anna, bob, use } = await open()
    const link = await makeResetLink(anna, idOf(bob))
    await openChannel({ ...bob, actor: { ...bob.actor, workspaceId: leave(bob) } })
    await expect(use(link)).rejects.toMatchObject({ code: 'not_found' })
    expect(await findResetLink(ctx, tokenOf(link))).toBeNull()
  })

  it('is void when the person becomes more, and when they are removed', async () => {
    const { anna, ada, bob, hire, use } = await open()
    const link = await makeResetLink(ada, idOf(bob))
    await changeRole(anna, { ...idOf(bob), role: 'owner' })
    await expect(use(link)).rejects.toMatchObject({ code: 'not_found' })
    const mia = (await hire('mia')).as
    const late = await makeResetLink(ada, idOf(mia))
    await removeMember(anna, idOf(mia))
    await expect(use(late)).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('is made at the machine for anybody, by name or address, and written down', async () => {
  const { ctx, use, signIn } = await open()
  const link = await makeResetLinkFor(ctx, { login: ' ANNA@example.com ' })
  expect(link.user.username).toBe('anna')
  await use(link)
  expect((await signIn('anna')).user.id).toBe(link.user.id)
  await expect(makeResetLinkFor(ctx, { login: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
  const entries = await ctx.audit.list(null, ListAudit.parse({}))
  expect(entries.map(({ action, actor }) => [action, actor.kind])).toEqual([
    ['account.password_reset', 'member'],
    ['member.password_link_made', 'cli'],
  ])
})
