import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sessionOf } from './accounts.testing.ts'
import { type Opened, openWorkspace, times } from './stores.testing.ts'

const HOUR = 3_600_000

/** What every store of accounts promises about passwords and the links that set them. */
export function describePasswords(opened: Opened) {
  const open = async () => {
    const { accounts } = opened().stores
    const { user, id: workspaceId } = await openWorkspace(opened().stores)
    await accounts.revokeAll(user.id, null)
    const [one, two] = [sessionOf(user.id), sessionOf(user.id)]
    for (const session of [one, two]) await accounts.openSession(session)
    const link = (more: { expiresAt?: number; workspaceId?: number | null } = {}) => {
      const tokenHash = randomUUID()
      const terms = { workspaceId: null, expiresAt: Date.now() + HOUR, ...more }
      return accounts.putResetLink({ userId: user.id, tokenHash, ...terms }).then(() => tokenHash)
    }
    const hash = async () => (await accounts.findById(user.id))?.passwordHash
    return { accounts, user, workspaceId, one, two, link, hash }
  }

  describe('a new password', () => {
    it('ends the other sessions and voids a link', async () => {
      const { accounts, user, one, two, link, hash } = await open()
      const tokenHash = await link()
      expect(await accounts.setPassword(user.id, 'another', one.id)).toEqual([two.id])
      expect(await hash()).toBe('another')
      expect(await accounts.findResetLink(tokenHash)).toBeNull()
      expect(await accounts.owner(one.id)).not.toBeNull()
      expect(await accounts.owner(two.id)).toBeNull()
    })
  })

  describe('a password link', () => {
    it('is found with its person while it is live, and nothing else is', async () => {
      const { accounts, user, workspaceId, link } = await open()
      const tokenHash = await link({ workspaceId })
      expect(await accounts.findResetLink(tokenHash)).toEqual({ user, workspaceId })
      expect(await accounts.findResetLink(randomUUID())).toBeNull()
      const late = await link({ expiresAt: Date.now() - 1 })
      expect(await accounts.findResetLink(late)).toBeNull()
      expect(await accounts.takeResetLink(late, 'late')).toBeNull()
    })

    it('takes the place of the one before it', async () => {
      const { accounts, link, hash } = await open()
      const [first, second] = [await link(), await link()]
      const before = await hash()
      expect(await accounts.findResetLink(first)).toBeNull()
      expect(await accounts.takeResetLink(first, 'first')).toBeNull()
      expect(await hash()).toBe(before)
      expect(await accounts.takeResetLink(second, 'second')).toHaveLength(2)
      expect(await hash()).toBe('second')
    })

    it('sets a password once where ten use it at once, and ends every session', async () => {
      const { accounts, one, two, link, hash } = await open()
      const tokenHash = await link()
      const nodeOf = (index: number) => (index % 2 ? opened().elsewhere : opened().stores).accounts
      const tries = await Promise.all(
        times(10, (index) => nodeOf(index).takeResetLink(tokenHash, `p${index}`)),
      )
      const winner = tries.findIndex((ended) => ended !== null)
      expect(tries.filter((ended) => ended !== null)).toHaveLength(1)
      expect(tries[winner]?.toSorted()).toEqual([one.id, two.id].toSorted())
      expect(await hash()).toBe(`p${winner}`)
      expect(await accounts.owner(one.id)).toBeNull()
    })
  })
}
