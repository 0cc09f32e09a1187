import { expect, it } from 'vitest'
import { createErrands } from './errands.ts'

it('runs so many at once and no more, tells of what fails, and is waited for', async () => {
  const errands = createErrands(2)
  const done: string[] = []
  const failures: unknown[] = []
  const run = (name: string, error?: Error) =>
    errands.run(
      async () => {
        await Promise.resolve()
        if (error) throw error
        done.push(name)
      },
      (err) => failures.push(err),
    )
  const error = new Error('away')
  run('one')
  run('two', error)
  run('one too many')
  await errands.idle()
  run('three')
  await errands.idle()
  expect([done, failures]).toEqual([['one', 'three'], [error]])
})
