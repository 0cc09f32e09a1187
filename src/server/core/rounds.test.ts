import { expect, it } from 'vitest'
import { Rounds } from './rounds.ts'

const HOUR = 3_600_000

/** Rounds that go on until the test ends them. */
function open() {
  const ends: ((error?: Error) => void)[] = []
  const failures: unknown[] = []
  let isEnding = () => false
  const round = (ending: () => boolean) => {
    isEnding = ending
    return new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())))
  }
  const rounds = new Rounds(HOUR, round, (err) => failures.push(err))
  return { rounds, ends, failures, isEnding: () => isEnding() }
}

it('begins at once, and is one round however often it is asked for', async () => {
  const { rounds, ends } = open()
  rounds.start()
  rounds.run()
  expect(ends).toHaveLength(1)
  ends[0]?.()
  await rounds.close()
})

it('tells of a round that fails, and goes on', async () => {
  const { rounds, ends, failures } = open()
  const error = new Error('away')
  rounds.run()
  ends[0]?.(error)
  await expect.poll(() => failures).toEqual([error])
  rounds.run()
  expect(ends).toHaveLength(2)
  ends[1]?.()
  await rounds.close()
})

it('waits, when it closes, for the round under way, tells it so, and begins no other', async () => {
  const { rounds, ends, isEnding } = open()
  rounds.start()
  let isClosed = false
  const closing = rounds.close().then(() => {
    isClosed = true
  })
  await Promise.resolve()
  expect([isClosed, isEnding()]).toEqual([false, true])
  ends[0]?.()
  await closing
  rounds.run()
  expect(ends).toHaveLength(1)
})
