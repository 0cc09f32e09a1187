import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bus } from '../../core/ports/live.ts'

export interface BusesInTest {
  bus: Bus
  /** The bus of another node, or the same one where there are no others. */
  elsewhere: Bus
  /** How often a listener's failure was logged. */
  failures(): number
  close(): Promise<void>
}

/** What every bus promises. */
export function describeBus(open: () => Promise<BusesInTest>) {
  let opened: BusesInTest
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())

  const isProbe = (payload: unknown) => payload === 'probe'
  /** Hears a topic of its own; answers once what is published there arrives. */
  const listen = async (topic: string, bus = opened.bus, hear: (payload: unknown) => void = () => {}) => {
    const heard: unknown[] = []
    let isLive = false
    const stop = bus.subscribe(topic, (payload) => {
      isLive = true
      if (isProbe(payload)) return
      heard.push(payload)
      hear(payload)
    })
    await expect
      .poll(
        () => {
          opened.elsewhere.publish(topic, 'probe')
          return isLive
        },
        { interval: 5 },
      )
      .toBe(true)
    return { heard, stop }
  }
  const arrivesAs = (heard: unknown[]) => expect.poll(() => heard, { interval: 2 })

  it('brings what is published after subscribing, in order, to every listener of the topic', async () => {
    const topic = randomUUID()
    const [one, two] = [await listen(topic), await listen(topic, opened.elsewhere)]
    for (const seq of [1, 2, 3]) opened.bus.publish(topic, { seq, text: 'سلام' })
    const all = [1, 2, 3].map((seq) => ({ seq, text: 'سلام' }))
    await arrivesAs(one.heard).toEqual(all)
    await arrivesAs(two.heard).toEqual(all)
  })

  it('brings nothing of another topic, and nothing to one that stopped listening', async () => {
    const [topic, other] = [randomUUID(), randomUUID()]
    const [gone, stays, elsewhere] = [await listen(topic), await listen(topic), await listen(other)]
    gone.stop()
    opened.bus.publish(topic, 'news')
    await arrivesAs(stays.heard).toEqual(['news'])
    expect([gone.heard, elsewhere.heard]).toEqual([[], []])
  })

  it('keeps a later listener when an earlier one stops twice', async () => {
    const topic = randomUUID()
    const first = await listen(topic)
    first.stop()
    const second = await listen(topic)
    first.stop()
    opened.bus.publish(topic, 'news')
    await arrivesAs(second.heard).toEqual(['news'])
  })

  it('takes one function for two listeners where it subscribes twice', async () => {
    const topic = randomUUID()
    const { heard } = await listen(topic)
    const own: unknown[] = []
    const hear = (payload: unknown) => {
      if (!isProbe(payload)) own.push(payload)
    }
    const stops = [opened.bus.subscribe(topic, hear), opened.bus.subscribe(topic, hear)]
    opened.bus.publish(topic, 1)
    await arrivesAs(heard).toContain(1)
    expect(own).toEqual([1, 1])
    stops[0]?.()
    opened.bus.publish(topic, 2)
    await arrivesAs(heard).toContain(2)
    expect(own).toEqual([1, 1, 2])
  })

  describe('a listener', () => {
    it('that throws hurts neither the publisher nor the others', async () => {
      const topic = randomUUID()
      const before = opened.failures()
      await listen(topic, opened.bus, () => {
        throw new Error('broken')
      })
      const { heard } = await listen(topic)
      expect(() => opened.bus.publish(topic, 'news')).not.toThrow()
      await arrivesAs(heard).toEqual(['news'])
      await expect.poll(opened.failures).toBe(before + 1)
    })

    it('that stops another while it hears keeps that one from hearing the same', async () => {
      const topic = randomUUID()
      let stopLast = () => {}
      const first = await listen(topic, opened.bus, () => stopLast())
      const last = await listen(topic)
      stopLast = last.stop
      opened.bus.publish(topic, 'news')
      await arrivesAs(first.heard).toEqual(['news'])
      expect(last.heard).toEqual([])
    })

    it('that comes while others hear does not hear the same', async () => {
      const topic = randomUUID()
      const late: unknown[] = []
      const first = await listen(topic, opened.bus, (payload) => {
        if (payload === 1) opened.bus.subscribe(topic, (next) => isProbe(next) || late.push(next))
      })
      opened.bus.publish(topic, 1)
      await arrivesAs(first.heard).toEqual([1])
      opened.bus.publish(topic, 2)
      await arrivesAs(late).toEqual([2])
    })
  })

  it('hears nothing any more once it is closed, and publishing on it is harmless', async () => {
    const topic = randomUUID()
    const closed = (await open()) satisfies BusesInTest
    const heard: unknown[] = []
    closed.bus.subscribe(topic, (payload) => heard.push(payload))
    await closed.close()
    closed.bus.publish(topic, 'news')
    const { heard: still } = await listen(topic)
    opened.bus.publish(topic, 'more')
    await arrivesAs(still).toEqual(['more'])
    expect(heard).toEqual([])
  })
}
