import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { type OpenStores, openWorkspace, storesOf, times } from './stores.testing.ts'

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** What every store of second factors promises. */
export function describeSecondFactors(open: OpenStores) {
  const opened = storesOf(open)
  const factorsOf = (index: number) => (index % 2 ? opened().elsewhere : opened().stores).secondFactors
  const person = async () => (await openWorkspace(opened().stores)).user.id
  const confirmed = async (recovery: string[] = []) => {
    const userId = await person()
    await factorsOf(0).begin(userId, SECRET)
    expect(await factorsOf(0).confirm(userId, { secret: SECRET, step: 100, recovery })).toBe(true)
    return userId
  }
  const wins = (results: boolean[]) => results.filter(Boolean).length

  it('keeps a secret that counts for nothing until it is confirmed, and the newest of several', async () => {
    const factors = factorsOf(0)
    const userId = await person()
    expect(await factors.find(userId)).toBeNull()
    expect(await factors.begin(userId, 'OLD')).toBe(true)
    expect(await factors.begin(userId, SECRET)).toBe(true)
    const pending = { userId, secret: SECRET, isConfirmed: false, recoveryLeft: 0 }
    expect(await factors.find(userId)).toEqual(pending)
    expect(await factors.spendStep(userId, 5)).toBe(false)
    expect(await factors.confirm(userId, { secret: 'OLD', step: 1, recovery: [] })).toBe(false)
    expect(await factors.find(userId)).toEqual(pending)
  })

  it('is confirmed once, and then no other secret takes its place', async () => {
    const userId = await person()
    await factorsOf(0).begin(userId, SECRET)
    const proof = (index: number) => ({ secret: SECRET, step: 7, recovery: [`code-${index}`] })
    expect(wins(await Promise.all(times(6, (index) => factorsOf(index).confirm(userId, proof(index)))))).toBe(
      1,
    )
    expect(await factorsOf(1).begin(userId, 'OTHER')).toBe(false)
    expect(await factorsOf(1).find(userId)).toEqual({
      userId,
      secret: SECRET,
      isConfirmed: true,
      recoveryLeft: 1,
    })
  })

  it('spends a step once where ten try at once, and none before it', async () => {
    const userId = await confirmed()
    expect(await factorsOf(0).spendStep(userId, 100)).toBe(false)
    expect(wins(await Promise.all(times(10, (index) => factorsOf(index).spendStep(userId, 102))))).toBe(1)
    expect(await factorsOf(0).spendStep(userId, 101)).toBe(false)
    expect(await factorsOf(0).spendStep(userId, 103)).toBe(true)
  })

  it('spends a recovery code once where ten try at once, and nobody else’s', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()]
    const userId = await confirmed([mine, randomUUID()])
    await confirmed([theirs])
    expect(await factorsOf(0).spendRecovery(userId, theirs)).toBe(false)
    expect(wins(await Promise.all(times(10, (index) => factorsOf(index).spendRecovery(userId, mine))))).toBe(
      1,
    )
    expect(await factorsOf(0).find(userId)).toMatchObject({ recoveryLeft: 1 })
  })

  it('forgets the old recovery codes when there are new ones', async () => {
    const [old, fresh] = [randomUUID(), randomUUID()]
    const userId = await confirmed([old])
    await factorsOf(0).replaceRecovery(userId, [fresh])
    expect(await factorsOf(0).spendRecovery(userId, old)).toBe(false)
    expect(await factorsOf(0).spendRecovery(userId, fresh)).toBe(true)
    const nobody = await person()
    await factorsOf(0).replaceRecovery(nobody, [fresh])
    expect(await factorsOf(0).find(nobody)).toBeNull()
  })

  it('goes with its recovery codes when it is removed, or when its person is', async () => {
    const code = randomUUID()
    const userId = await confirmed([code])
    expect(await factorsOf(0).remove(userId)).toBe(true)
    expect(await factorsOf(0).remove(userId)).toBe(false)
    expect(await factorsOf(0).spendRecovery(userId, code)).toBe(false)
    const gone = await confirmed([randomUUID()])
    await opened().stores.accounts.remove(gone)
    expect(await factorsOf(0).find(gone)).toBeNull()
  })
}
