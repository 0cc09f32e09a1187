import { expect, it } from 'vitest'
import { createSlots } from './slots.ts'

it('runs few at once, all in their order, and frees the place of one that fails', async () => {
  const inSlot = createSlots(2)
  const ends: (() => void)[] = []
  const begun: number[] = []
  const all = [0, 1, 2, 3].map((index) =>
    inSlot(async () => {
      begun.push(index)
      await new Promise<void>((resolve) => ends.push(resolve))
      if (index === 0) throw new Error('broken')
      return index
    }).catch(() => 'failed'),
  )
  for (const [index, seen] of [2, 3, 4, 4].entries()) {
    await expect.poll(() => begun.length).toBe(seen)
    ends[index]?.()
  }
  expect(await Promise.all(all)).toEqual(['failed', 1, 2, 3])
  expect(begun).toEqual([0, 1, 2, 3])
})
