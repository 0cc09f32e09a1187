import { describe, expect, it } from 'vitest'
import { Clock, pause } from './clock.ts'

describe('the clock', () => {
  it('stands still where it is told to, until it is moved', () => {
    const clock = new Clock(1_000)
    expect(clock.now()).toBe(1_000)
    clock.advance(250)
    expect(clock.now()).toBe(1_250)
  })

  it('rings on the way, in order and at the right time, also for what is set meanwhile', () => {
    const clock = new Clock(0)
    const rung: Array<[string, number]> = []
    const ring = (name: string) => () => rung.push([name, clock.now()])
    clock.schedule(300, ring('late'))
    clock.schedule(100, () => {
      ring('early')()
      clock.schedule(50, ring('between'))
    })
    clock.schedule(900, ring('never'))
    clock.advance(500)
    expect(rung).toEqual([
      ['early', 100],
      ['between', 150],
      ['late', 300],
    ])
    expect([clock.now(), clock.waiting()]).toEqual([500, [400]])
  })

  it('does not ring what was cancelled', () => {
    const clock = new Clock(0)
    let rung = 0
    clock.schedule(10, () => {
      rung += 1
    })()
    clock.advance(20)
    expect([rung, clock.waiting()]).toEqual([0, []])
  })

  it('runs by itself otherwise, and travels all the same', async () => {
    const clock = new Clock()
    const before = Date.now()
    let rung = false
    clock.schedule(3_600_000, () => {
      rung = true
    })
    clock.advance(3_600_000)
    expect(rung).toBe(true)
    expect(clock.now()).toBeGreaterThanOrEqual(before + 3_600_000)
    await new Promise<void>((resolve) => clock.schedule(1, resolve))
  })

  it('ends a pause when nobody waits for it any more', async () => {
    const clock = new Clock(0)
    const leave = new AbortController()
    const waiting = pause(clock, 1_000, leave.signal)
    leave.abort()
    await waiting
    expect(clock.waiting()).toEqual([])
  })
})
