import { describe, expect, it } from 'vitest'
import { Batcher } from './batcher.ts'

/** A store that answers a group when the test says so. */
function open() {
  const groups: { items: number[]; answer(results?: (number | Error)[]): void; fail(): void }[] = []
  const batcher = new Batcher<number, number>(
    (items) =>
      new Promise((resolve, reject) => {
        const answer = (results: (number | Error)[] = items) => resolve(results)
        groups.push({ items, answer, fail: () => reject(new Error('the statement failed')) })
      }),
  )
  const started = (count: number) => expect.poll(() => groups.length, { interval: 1 }).toBe(count)
  return { batcher, groups, started }
}

describe('a group', () => {
  it('of one starts at once where nothing is under way', async () => {
    const { batcher, groups, started } = open()
    const one = batcher.add(1)
    await started(1)
    groups[0]?.answer()
    expect(await one).toBe(1)
  })

  it('takes all that arrives in one turn, in order', async () => {
    const { batcher, groups, started } = open()
    const all = Promise.all([1, 2, 3].map((item) => batcher.add(item)))
    await started(1)
    expect(groups[0]?.items).toEqual([1, 2, 3])
    groups[0]?.answer()
    expect(await all).toEqual([1, 2, 3])
  })

  it('collects what comes while a small one is under way', async () => {
    const { batcher, groups, started } = open()
    const first = batcher.add(1)
    await started(1)
    const later = Promise.all([2, 3].map((item) => batcher.add(item)))
    groups[0]?.answer()
    await first
    await started(2)
    expect(groups[1]?.items).toEqual([2, 3])
    groups[1]?.answer()
    expect(await later).toEqual([2, 3])
  })

  it('does not wait for those of the last round for ever', async () => {
    const { batcher, groups, started } = open()
    const round = Promise.all([1, 2, 3, 4].map((item) => batcher.add(item)))
    await started(1)
    groups[0]?.answer()
    await round
    const alone = batcher.add(5)
    await started(2)
    groups[1]?.answer()
    expect(await alone).toBe(5)
  })

  it('that is large may start while another is under way, a third may not', async () => {
    const { batcher, groups, started } = open()
    const add = (count: number) => Promise.all(Array.from({ length: count }, (_, item) => batcher.add(item)))
    const first = add(40)
    await started(1)
    const second = add(40)
    await started(2)
    const third = add(40)
    await new Promise((resolve) => setImmediate(resolve))
    expect(groups).toHaveLength(2)
    for (const group of groups) group.answer()
    await Promise.all([first, second])
    await started(3)
    groups[2]?.answer()
    expect(await third).toHaveLength(40)
  })
})

describe('a failure', () => {
  it('of one member is that member’s alone', async () => {
    const { batcher, groups, started } = open()
    const all = Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)))
    await started(1)
    groups[0]?.answer([1, new Error('not this one'), 3])
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('of the statement is looked for one by one', async () => {
    const { batcher, groups, started } = open()
    const all = Promise.allSettled([1, 2].map((item) => batcher.add(item)))
    await started(1)
    groups[0]?.fail()
    await started(2)
    groups[1]?.answer()
    await started(3)
    groups[2]?.fail()
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })
})
