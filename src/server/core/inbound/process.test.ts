import { expect, test } from 'vitest'
import { createMemoryMetrics } from '../../adapters/memory/metrics.ts'
import type { Ctx } from '../context.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { InboundText } from '../ports/platform.ts'
import { createInboundProcessor, MAX_TRIES } from './process.ts'

/** Events are `customer:text`; a text that starts with "bad" fails as often as `failures` says. */
const startInbound = (raws: string[], failures = 0) => {
  const waiting: RawEvent[] = raws.map((raw, index) => ({
    id: `${index + 1}`,
    channelId: 1,
    workspaceId: 1,
    source: 'telegram',
    raw,
  }))
  const said: string[] = []
  const outcomes = new Map<string, string>()
  let failing = failures
  const appendMessage = async ({ content }: { content: string }) => {
    if (content.startsWith('bad') && failing-- > 0) throw new Error('not now')
    said.push(content)
    return { repeated: false, event: { seq: said.length } }
  }
  const published: unknown[] = []
  const metrics = createMemoryMetrics()
  const ctx = {
    inbox: {
      claim: async (limit: number) => waiting.splice(0, limit),
      done: async (id: string, outcome: string) => void outcomes.set(id, outcome),
    },
    platforms: {
      telegram: {
        parse: (raw: string) => {
          const [sourceId = '', content = ''] = raw.split(':')
          return { kind: 'message', message: { sourceId, content } as InboundText }
        },
      },
    },
    journal: {
      append: async () => ({ conversation: { id: 'c', customerId: 7 }, event: null, customerId: 7 }),
      appendMessage,
    },
    feed: { publish: (_: number, event: unknown) => event && published.push(event) },
    ids: { short: () => 'x' },
    spam: { sender: async () => null },
    settings: { limits: { isSpamChecked: false } },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    metrics,
  } as unknown as Ctx
  return { processor: createInboundProcessor(ctx), said, outcomes, published, counts: metrics.counts }
}

test('whoever waits for an event sees its message', async () => {
  const { processor, said, outcomes, published, counts } = startInbound(['a:hello'])
  await processor.kick('1')
  expect([said, outcomes.get('1'), published.length]).toEqual([['hello'], 'stored', 1])
  expect([...counts]).toEqual([['peyk_inbound_events_total stored', 1]])
  await processor.close()
})

test("a customer's later message waits for a failing one, another customer's does not", async () => {
  const { processor, said } = startInbound(['a:bad first', 'a:second', 'b:other'], 1)
  void processor.kick()
  await expect.poll(() => said.length, { interval: 5, timeout: 4_000 }).toBe(3)
  expect(said).toEqual(['other', 'bad first', 'second'])
  await processor.close()
})

test('an event that fails while the process ends is left for another process', async () => {
  const { processor, outcomes } = startInbound(['a:bad', 'b:good'], MAX_TRIES)
  await processor.kick('2')
  await processor.close()
  expect([outcomes.get('1'), outcomes.get('2')]).toEqual([undefined, 'stored'])
})

test('more events than may be in hand are all worked off', async () => {
  const raws = Array.from({ length: 1_000 }, (_, index) => `${index % 7}:${index}`)
  const { processor, said } = startInbound(raws)
  void processor.kick()
  await expect.poll(() => said.length, { interval: 5, timeout: 4_000 }).toBe(1_000)
  const ofOne = said.map(Number).filter((text) => text % 7 === 3)
  expect(ofOne).toEqual(ofOne.toSorted((a, b) => a - b))
  await processor.close()
})
