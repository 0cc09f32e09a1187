import { expect } from 'vitest'
import { takeSnapshot } from './snapshot.testing.ts'
import { MARK, type World } from './world.testing.ts'

export interface Told {
  status: number
  text: string
}

/**
 * Makes a call that may change nothing (nothing of Ada's, where the caller reaches what is their own) and may tell nothing of
 * hers; answers its status.
 */
export async function expectHarmless(
  world: World,
  who: string,
  call: () => Promise<Told>,
  isOwn = false,
): Promise<number> {
  const workspaceId = isOwn ? world.ada.person.as.actor.workspaceId : undefined
  const before = await takeSnapshot(world, workspaceId)
  const { status, text } = await call()
  expect(text, `${who} was told`).not.toContain(MARK)
  expect(await takeSnapshot(world, workspaceId), `${who} changed something`).toEqual(before)
  return status
}
