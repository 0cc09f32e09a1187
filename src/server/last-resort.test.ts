import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const fixture = path.join(import.meta.dirname, 'last-resort.fixture.ts')
const run = (...args: string[]) => {
  const ended = spawnSync(process.execPath, ['--import', 'tsx', fixture, ...args], { encoding: 'utf8' })
  return { ...ended, all: ended.stdout + ended.stderr }
}

describe('the last resort', () => {
  it('redacts what others print', () => {
    const { status, all } = run()
    expect(status).toBe(0)
    expect(all).toContain('a library says [redacted]')
    expect(all).toContain('postgresql://peyk:[redacted]@db/peyk')
    expect(all).toContain('still alive')
  })

  it.each(['throw', 'reject'])('ends the process with 1 after a %s, and says why without a secret', (how) => {
    const { status, stderr, all } = run(how)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^An? \w+ that nobody caught ends the process: \{"type":"Error"/m)
    expect(all).toContain('/getMe')
    expect(all).not.toMatch(/the_secret-of-bot|hunter2|still alive/)
  })
})
