import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { KeyScope } from '../../contract/account.ts'
import { type OpenStores, openWorkspace, storesOf } from './stores.testing.ts'

/** What every store of API keys promises. */
export function describeKeys(open: OpenStores) {
  const opened = storesOf(open)
  const openKey = async (more: { expiresAt?: number } = {}) => {
    const workspace = await openWorkspace(opened().stores)
    const hash = randomUUID()
    const scopes: KeyScope[] = ['messages', 'ai']
    const owner = { workspaceId: workspace.id, userId: workspace.user.id }
    const terms = { name: 'bot', prefix: 'peyk_', hash, scopes, expiresAt: null, ...more }
    return { workspace, hash, key: await opened().stores.keys.create({ ...owner, ...terms }) }
  }

  it('knows whose a key is and where it acts, and notes that it was used', async () => {
    const { keys } = opened().stores
    const { workspace, hash, key } = await openKey()
    expect(key).toMatchObject({
      name: 'bot',
      prefix: 'peyk_',
      scopes: ['messages', 'ai'],
      last_used_at: null,
    })
    const used = await keys.use(hash)
    expect(used).toMatchObject({ user: workspace.user, workspace: { id: workspace.id } })
    expect(used?.key).toMatchObject({ id: key.id, workspaceId: workspace.id, userId: workspace.user.id })
    expect(await keys.list(workspace.id)).toMatchObject([{ id: key.id, last_used_at: expect.any(String) }])
  })

  it('knows none that is unknown or has expired', async () => {
    const { keys } = opened().stores
    const { hash, workspace } = await openKey({ expiresAt: Date.now() - 1 })
    expect(await keys.use(hash)).toBeNull()
    expect(await keys.use(randomUUID())).toBeNull()
    expect(await keys.list(workspace.id)).toHaveLength(1)
  })

  it('is revoked once, by its own workspace alone', async () => {
    const { keys } = opened().stores
    const [mine, theirs] = [await openKey(), await openKey()]
    expect(await keys.revoke(theirs.workspace.id, mine.key.id)).toBe(false)
    expect(await keys.use(mine.hash)).not.toBeNull()
    expect(await keys.revoke(mine.workspace.id, mine.key.id)).toBe(true)
    expect(await keys.revoke(mine.workspace.id, mine.key.id)).toBe(false)
    expect(await keys.use(mine.hash)).toBeNull()
    expect(await keys.list(mine.workspace.id)).toEqual([])
  })
}
