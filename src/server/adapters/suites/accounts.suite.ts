import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DAY, pairOf, personOf, sessionOf } from './accounts.testing.ts'
import { describePeople } from './accounts-people.suite.ts'
import { describeMembers } from './members.suite.ts'
import { describePasswords } from './passwords.suite.ts'
import { describeSignIn } from './sign-in.suite.ts'
import { describeSignIns } from './sign-ins.suite.ts'
import { type OpenStores, openWorkspace, storesOf, times } from './stores.testing.ts'

/** What every store of accounts promises. */
export function describeAccounts(open: OpenStores) {
  const opened = storesOf(open)
  const nodeOf = (index: number) => (index % 2 ? opened().elsewhere : opened().stores).accounts
  const create = (username: string = randomUUID(), email?: string) =>
    opened().stores.accounts.create(personOf(username, email))

  it('makes exactly one administrator of the instance of those who register first at once', async () => {
    const people = await Promise.all(times(6, (index) => nodeOf(index).create(personOf(randomUUID()))))
    expect(people.filter(({ isInstanceAdmin }) => isInstanceAdmin)).toHaveLength(1)
    expect(await create()).toMatchObject({ isInstanceAdmin: false })
  })

  describe('a person', () => {
    it('is found by id, by address in any case and by name as it was written', async () => {
      const { accounts } = opened().stores
      const name = `Sara${randomUUID()}`
      const user = await create(name, `${name}@Example.COM`)
      expect(user).toMatchObject({
        username: name,
        email: `${name}@example.com`.toLowerCase(),
        firstName: 'Sara',
      })
      const found = [`${name}@EXAMPLE.com`, name].map((login) => accounts.findByLogin(login))
      expect(await Promise.all([accounts.findById(user.id), ...found])).toEqual([user, user, user])
      expect(await accounts.findByLogin(name.toUpperCase())).toBeNull()
      expect(await accounts.findById(999_999_999)).toBeNull()
    })

    it("is not found by an address that is somebody else's name", async () => {
      const address = `${randomUUID()}@example.com`
      await create(address, `${randomUUID()}@example.com`)
      const owner = await create(randomUUID(), address)
      expect(await opened().stores.accounts.findByLogin(address)).toEqual(owner)
    })

    it('is refused where the name or the address is taken, and nothing half-made stays', async () => {
      const name = randomUUID()
      await create(name)
      const taken = (cause: string) => ({ code: 'conflict', cause })
      const other = randomUUID()
      await expect(create(name, `${other}@example.com`)).rejects.toMatchObject(taken('username'))
      await expect(create(other, `${name}@EXAMPLE.com`)).rejects.toMatchObject(taken('email'))
      expect(await opened().stores.accounts.findByLogin(other)).toBeNull()
      expect(await create(other)).toMatchObject({ username: other })
    })

    it('is stored once where ten register under one name at once', async () => {
      const person = personOf(randomUUID())
      const results = await Promise.allSettled(times(10, (index) => nodeOf(index).create(person)))
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    it('chooses a language', async () => {
      const { id } = await create()
      await opened().stores.accounts.setLocale(id, 'en')
      expect(await opened().stores.accounts.findById(id)).toMatchObject({ locale: 'en' })
    })
  })

  const openSession = async (expiresAt?: number) => {
    const { user, id: workspaceId } = await openWorkspace(opened().stores)
    const session = sessionOf(user.id, expiresAt)
    await opened().stores.accounts.openSession(session)
    return { user, workspaceId, session }
  }

  describe('a session', () => {
    it('tells whose it is and which workspaces are theirs, until it is revoked', async () => {
      const { accounts } = opened().stores
      const { user, workspaceId, session } = await openSession()
      const owner = await accounts.owner(session.id)
      expect(owner).toMatchObject({ session, user, workspaces: [{ id: workspaceId, role: 'owner' }] })
      await accounts.revokeSession(session.id)
      await accounts.revokeSession(session.id)
      expect(await accounts.owner(session.id)).toBeNull()
    })

    it('is nobody’s once it has expired, and where it never was', async () => {
      const { accounts } = opened().stores
      const { session } = await openSession(Date.now() - 1)
      for (const id of [session.id, randomUUID(), 'not-a-uuid', "' OR true --"]) {
        expect(await accounts.owner(id)).toBeNull()
        await accounts.revokeSession(id)
      }
    })

    it('is told apart from those that are over, many at once', async () => {
      const { accounts } = opened().stores
      const [live, revoked, expired] = [
        await openSession(),
        await openSession(),
        await openSession(Date.now() - 1),
      ]
      await accounts.revokeSession(revoked.session.id)
      const ids = [live, revoked, expired].map(({ session }) => session.id)
      const standing = [{ workspaceId: live.workspaceId, role: 'owner' }]
      expect(await accounts.standings([...ids, 'not-a-uuid'])).toEqual(new Map([[live.session.id, standing]]))
      expect(await accounts.standings([])).toEqual(new Map())
    })
  })

  describe('a token pair', () => {
    it('is rotated once where ten rotate it at once, and only the winner’s successor is stored', async () => {
      const { accounts } = opened().stores
      const { session } = await openSession()
      const old = pairOf(session)
      await accounts.addTokens(old)
      const successors = times(10, () => pairOf(session))
      const rotated = await Promise.all(
        successors.map((next, index) => nodeOf(index).rotateTokens(old.jti, next)),
      )
      expect(rotated.filter(Boolean)).toHaveLength(1)
      expect(await accounts.findTokens(old.jti)).toEqual({ ...old, rotated: true })
      const found = await Promise.all(successors.map(({ jti }) => accounts.findTokens(jti)))
      expect(found.map((pair) => pair !== null)).toEqual(rotated)
    })

    it('prolongs its session by its successor, and is not found where it never was', async () => {
      const { accounts } = opened().stores
      const { session } = await openSession()
      const [old, next] = [pairOf(session), pairOf(session, Date.now() + 9 * DAY)]
      await accounts.addTokens(old)
      expect(await accounts.findTokens(old.jti)).toEqual({ ...old, rotated: false })
      expect(await accounts.rotateTokens(old.jti, next)).toBe(true)
      expect((await accounts.owner(session.id))?.session.expiresAt).toBe(next.refreshExpiresAt)
      expect(await accounts.rotateTokens(randomUUID(), pairOf(session))).toBe(false)
      expect(await accounts.findTokens(randomUUID())).toBeNull()
      expect(await accounts.findTokens('not-a-uuid')).toBeNull()
    })
  })

  describePeople(opened)
  describeSignIns(opened)
  describePasswords(opened)
  describeMembers(opened)
  describe('signing in and inviting', () => describeSignIn(opened))
}
