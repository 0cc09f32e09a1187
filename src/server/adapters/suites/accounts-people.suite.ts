import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Role } from '../../contract/account.ts'
import { DAY, pairOf, personOf, sessionOf } from './accounts.testing.ts'
import {
  answered,
  type Opened,
  openChannel,
  openConversation,
  openWorkspace,
  times,
} from './stores.testing.ts'

/** What every store of accounts promises about invitations, profiles and those who leave. */
export function describePeople(opened: Opened) {
  const nodeOf = (index: number) => (index % 2 ? opened().elsewhere : opened().stores).accounts
  const create = (username: string = randomUUID(), email?: string) =>
    opened().stores.accounts.create(personOf(username, email))

  describe('an invitation', () => {
    const invite = async (email: string, more: { role?: Role; expiresAt?: number } = {}) => {
      const workspace = await openWorkspace(opened().stores)
      const tokenHash = randomUUID()
      const terms = { role: 'agent' as const, expiresAt: Date.now() + DAY, ...more }
      await opened().stores.accounts.invite({ workspaceId: workspace.id, email, tokenHash, ...terms })
      return { workspace, tokenHash }
    }

    it('makes the invited person a member, once', async () => {
      const { accounts } = opened().stores
      const name = randomUUID()
      const { workspace, tokenHash } = await invite(`${name}@EXAMPLE.com`)
      const guest = await create(name)
      const tries = await Promise.all(times(10, (index) => nodeOf(index).accept(tokenHash, guest)))
      expect(tries.filter((accepted) => accepted !== null)).toEqual([{ workspaceId: workspace.id }])
      expect(await accounts.members(workspace.id)).toEqual([
        { userId: workspace.user.id, name: 'Nima Rad', email: workspace.user.email, role: 'owner' },
        { userId: guest.id, name: 'Sara', email: guest.email, role: 'agent' },
      ])
      const session = sessionOf(guest.id)
      await accounts.openSession(session)
      const roles = (await accounts.owner(session.id))?.workspaces.map(({ role }) => role)
      expect(roles?.toSorted()).toEqual(['agent', 'owner'])
    })

    it('is nothing to somebody else, nor when it has expired or is unknown', async () => {
      const { accounts } = opened().stores
      const [guest, stranger] = [await create(), await create()]
      const { workspace, tokenHash } = await invite(guest.email)
      const late = await invite(guest.email, { expiresAt: Date.now() - 1 })
      expect(await accounts.accept(tokenHash, stranger)).toBeNull()
      expect(await accounts.accept(late.tokenHash, guest)).toBeNull()
      expect(await accounts.accept(randomUUID(), guest)).toBeNull()
      expect(await accounts.members(workspace.id)).toHaveLength(1)
      expect(await accounts.accept(tokenHash, guest)).toEqual({ workspaceId: workspace.id })
    })

    it('never demotes who is a member already', async () => {
      const { accounts } = opened().stores
      const { user, id } = await openWorkspace(opened().stores)
      const tokenHash = randomUUID()
      const terms = { role: 'agent' as const, expiresAt: Date.now() + DAY }
      await accounts.invite({ workspaceId: id, email: user.email, tokenHash, ...terms })
      expect(await accounts.accept(tokenHash, user)).toEqual({ workspaceId: id })
      expect(await accounts.members(id)).toMatchObject([{ userId: user.id, role: 'owner' }])
    })
  })

  describe('a profile', () => {
    it('is changed in what is named alone', async () => {
      const { accounts } = opened().stores
      const { user } = await openWorkspace(opened().stores)
      expect(user).toMatchObject({ defaultReplyHandler: 'support' })
      const changed = { ...user, firstName: 'Mina', defaultReplyHandler: 'AI' as const }
      expect(await accounts.changeProfile(user.id, { firstName: 'Mina', defaultReplyHandler: 'AI' })).toEqual(
        changed,
      )
      expect(await accounts.changeProfile(user.id, {})).toEqual(changed)
      expect(await accounts.findById(user.id)).toEqual(changed)
      expect(await accounts.changeProfile(999_999_999, {})).toBeNull()
    })
  })

  describe('removing a person', () => {
    it('takes their sessions, tokens and a workspace that nobody else is in', async () => {
      const { accounts, channels } = opened().stores
      const { user, id: workspaceId } = await openWorkspace(opened().stores)
      const session = sessionOf(user.id)
      await accounts.openSession(session)
      await openChannel(opened().stores, workspaceId)
      const pair = pairOf(session)
      await accounts.addTokens(pair)
      const { workspaceIds, sessionIds } = await accounts.remove(user.id)
      expect({ workspaceIds, has: sessionIds.includes(session.id) }).toEqual({
        workspaceIds: [workspaceId],
        has: true,
      })
      const left = [accounts.findById(user.id), accounts.owner(session.id), accounts.findTokens(pair.jti)]
      expect(await Promise.all(left)).toEqual([null, null, null])
      expect(await channels.list([workspaceId])).toEqual([])
      expect(await accounts.remove(user.id)).toEqual({ workspaceIds: [], sessionIds: [] })
    })

    it('is refused where others would be left without an owner; a guest leaves by it', async () => {
      const { accounts } = opened().stores
      const { user, id } = await openWorkspace(opened().stores)
      const guest = await create()
      const terms = { email: guest.email, role: 'agent' as const, tokenHash: randomUUID() }
      await accounts.invite({ workspaceId: id, ...terms, expiresAt: Date.now() + DAY })
      await accounts.accept(terms.tokenHash, guest)
      await expect(accounts.remove(user.id)).rejects.toMatchObject({ code: 'conflict' })
      expect(await accounts.members(id)).toHaveLength(2)
      expect((await accounts.remove(guest.id)).workspaceIds).not.toContain(id)
      expect(await accounts.members(id)).toMatchObject([{ userId: user.id }])
    })

    it('leaves what they said, by nobody', async () => {
      const { accounts, journal, messages } = opened().stores
      const place = await openConversation(opened().stores)
      const guest = await create()
      const author = { userId: guest.id, name: 'Sara' }
      const { message } = await journal.appendMessage(answered(place, { author }))
      await accounts.remove(guest.id)
      const found = await messages.find([place.workspace.id], message.id)
      expect(found).toEqual({ ...message, author: null })
    })
  })
}
