import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Role } from '../../contract/account.ts'
import { DAY, personOf, sessionOf } from './accounts.testing.ts'
import { type Opened, openChannel, openConversation, openWorkspace, times } from './stores.testing.ts'

/** What every store of accounts promises about who is what in a workspace. */
export function describeMembers(opened: Opened) {
  const home = () => ({ name: 'Home', epoch: randomUUID() })
  const nodeOf = (index: number) => (index % 2 ? opened().elsewhere : opened().stores).accounts

  const open = async () => {
    const { accounts } = opened().stores
    const { id: workspaceId, user: owner } = await openWorkspace(opened().stores)
    const join = async (role: Role) => {
      const guest = await accounts.create(personOf(randomUUID()))
      const terms = { email: guest.email, role, tokenHash: randomUUID(), expiresAt: Date.now() + DAY }
      await accounts.invite({ workspaceId, ...terms })
      await accounts.accept(terms.tokenHash, guest)
      return guest
    }
    const roleOf = async (userId: number) =>
      (await accounts.members(workspaceId)).find((member) => member.userId === userId)?.role
    return { accounts, workspaceId, owner, join, roleOf }
  }

  describe('a role', () => {
    it('is changed where it still is what it was', async () => {
      const { accounts, workspaceId, join, roleOf } = await open()
      const { id: userId } = await join('agent')
      const change = { workspaceId, userId }
      expect(await accounts.setRole({ ...change, from: 'agent', to: 'admin' })).toBe(true)
      expect(await accounts.setRole({ ...change, from: 'agent', to: 'owner' })).toBe(false)
      expect(await accounts.removeMember({ ...change, from: 'agent', home: home() })).toBe(false)
      expect(await roleOf(userId)).toBe('admin')
      const nobody = { workspaceId, userId: 999_999_999, from: 'agent' as const, to: 'admin' as const }
      expect(await accounts.setRole(nobody)).toBe(false)
    })

    it('voids a password link, which may have been made for somebody who was less', async () => {
      const { accounts, workspaceId, join } = await open()
      const { id: userId } = await join('agent')
      const tokenHash = randomUUID()
      await accounts.putResetLink({ userId, tokenHash, workspaceId, expiresAt: Date.now() + DAY })
      await accounts.setRole({ workspaceId, userId, from: 'agent', to: 'owner' })
      expect(await accounts.findResetLink(tokenHash)).toBeNull()
    })

    it('of owner stays with somebody, also where all owners leave it at once', async () => {
      const { accounts, workspaceId, owner, join, roleOf } = await open()
      const alone = { workspaceId, userId: owner.id, from: 'owner' as const }
      await expect(accounts.setRole({ ...alone, to: 'agent' })).rejects.toMatchObject({ code: 'conflict' })
      await expect(accounts.removeMember({ ...alone, home: home() })).rejects.toMatchObject({
        code: 'conflict',
      })
      const owners = [owner, await join('owner'), await join('owner')]
      const left = await Promise.allSettled([
        ...owners.map(({ id }, index) =>
          nodeOf(index).setRole({ workspaceId, userId: id, from: 'owner', to: 'admin' }),
        ),
      ])
      expect(left.filter(({ status }) => status === 'rejected')).toHaveLength(1)
      const roles = await Promise.all(owners.map(({ id }) => roleOf(id)))
      expect(roles.toSorted()).toEqual(['admin', 'admin', 'owner'])
    })
  })

  describe('a member who is removed', () => {
    it('is no longer there, keeps what is their own, and their keys and conversations are nobody’s', async () => {
      const { accounts, keys, conversations } = opened().stores
      const place = await openConversation(opened().stores)
      const workspaceId = place.workspace.id
      const guest = await accounts.create(personOf(randomUUID()))
      const terms = { email: guest.email, role: 'admin' as const, tokenHash: randomUUID() }
      await accounts.invite({ workspaceId, ...terms, expiresAt: Date.now() + DAY })
      await accounts.accept(terms.tokenHash, guest)
      const hash = randomUUID()
      const key = { workspaceId, userId: guest.id, name: 'till', prefix: 'peyk_', hash, expiresAt: null }
      await keys.create({ ...key, scopes: ['read'] })
      const assignee = async () =>
        (await conversations.find([workspaceId], place.conversation.id))?.assigneeId
      await opened().assign(place.conversation.id, guest.id)
      expect(await assignee()).toBe(guest.id)
      const removal = { workspaceId, userId: guest.id, from: 'admin' as const }
      const tries = await Promise.all(
        times(6, (index) => nodeOf(index).removeMember({ ...removal, home: home() })),
      )
      expect(tries.filter(Boolean)).toHaveLength(1)
      expect((await accounts.members(workspaceId)).map(({ userId }) => userId)).toEqual([
        place.workspace.user.id,
      ])
      const session = sessionOf(guest.id)
      await accounts.openSession(session)
      expect((await accounts.owner(session.id))?.workspaces).toMatchObject([{ name: 'Shop', role: 'owner' }])
      expect(await keys.use(hash)).toBeNull()
      expect(await keys.list(workspaceId)).toEqual([])
      expect(await assignee()).toBeNull()
    })

    it('is given a place of their own where they had no other', async () => {
      const { accounts, workspaceId, owner, join } = await open()
      await join('owner')
      await accounts.removeMember({ workspaceId, userId: owner.id, from: 'owner', home: home() })
      const session = sessionOf(owner.id)
      await accounts.openSession(session)
      expect((await accounts.owner(session.id))?.workspaces).toMatchObject([{ name: 'Home', role: 'owner' }])
    })
  })

  describe('working elsewhere', () => {
    it('is to be where others are or where anything is held; an empty place of one’s own is not', async () => {
      const { accounts, workspaceId, join } = await open()
      const [guest, busy, host] = [await join('agent'), await join('agent'), await join('agent')]
      const ownOf = async (userId: number) => {
        const session = sessionOf(userId)
        await accounts.openSession(session)
        const owner = await accounts.owner(session.id)
        return owner?.workspaces.find(({ role }) => role === 'owner')?.id ?? 0
      }
      await openChannel(opened().stores, await ownOf(busy.id))
      const terms = { email: guest.email, role: 'agent' as const, tokenHash: randomUUID() }
      await accounts.invite({ workspaceId: await ownOf(host.id), ...terms, expiresAt: Date.now() + DAY })
      const works = () =>
        Promise.all([guest, busy, host].map(({ id }) => accounts.worksElsewhere(id, workspaceId)))
      expect(await works()).toEqual([false, true, false])
      await accounts.accept(terms.tokenHash, guest)
      expect(await works()).toEqual([true, true, true])
    })
  })
}
