import fc from 'fast-check'
import { expect } from 'vitest'
import type { MemberCtx } from '../context.ts'
import { sendMessage } from '../messages/send.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'
import { checkContact, checkMessage, type Gateway, type Play } from './gateway-checks.testing.ts'
import { anyManner, type Manner, Vendor } from './gateway-vendor.testing.ts'
import { handOver } from './hand-over.ts'
import { retryDelivery } from './retry.ts'
import { settleLost } from './settle.ts'

const LEASE_MS = 60_000
const CONTACTS = 3
/** Rounds in which everything has to be over once the platform takes all. */
const MAX_ROUNDS = 60
/** The platform lets nobody write who has not been written to for a day: who has something to say is asked before that. */
const ASKED_EVERY_MS = 20 * 3_600_000

type Source = 'telegram' | 'instagram'

type Step =
  | { do: 'send'; to: number }
  | { do: 'edit' | 'delete' | 'retry'; which: number }
  | { do: 'work'; manners: Manner[] }
  | { do: 'claim_and_die' }
  | { do: 'reconnect' }
  | { do: 'wait'; ms: number }

const LATER = { telegram: ['edit', 'delete', 'retry'], instagram: ['retry'] } as const

const step = (source: Source): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), to: fc.nat(CONTACTS - 1) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom(...LATER[source]), which: fc.nat(20) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('work' as const),
        manners: fc.array(anyManner, { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'claim_and_die' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'reconnect' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.constantFrom(1_000, 70_000, 3_600_000),
      }),
    },
  )

/** What may happen between us and a platform of this kind. */
export const anySteps = (source: Source) => fc.array(step(source), { maxLength: 40 })

async function work({ ctx, vendor, withinMs }: Play, manners: Manner[]): Promise<number> {
  const claimed = await ctx.deliveries.claim(10, LEASE_MS)
  const node = vendor.nodeWith(manners)
  await Promise.allSettled(claimed.map((one: ClaimedDelivery) => handOver(node, one, { withinMs })))
  await vendor.tellRest('after')
  return claimed.length
}

/** Plays the steps, then lets the platform take everything until nothing waits, and checks what a customer saw. */
export async function play(gateway: Gateway, source: Source, steps: readonly Step[]): Promise<void> {
  const { anna, ctx } = gateway
  const { channel, conversations } = await openDesk(anna, source)
  const on: Play = { ...gateway, vendor: new Vendor(ctx, channel), sent: [] }
  const reconnect = () =>
    ctx.channels.change([channel.workspaceId], channel.id, { isConnect: true, stoppedReason: null })
  const asked = new Map<string, number>()
  const take = async (next: Step): Promise<unknown> => {
    if (next.do === 'work') return work(on, [...next.manners])
    if (next.do === 'claim_and_die') return ctx.deliveries.claim(1, LEASE_MS)
    if (next.do === 'reconnect') return reconnect()
    if (next.do === 'wait') return wait(on, next.ms)
    if (next.do !== 'send') return changeOne(on, next)
    const conversationId = conversations[next.to] ?? ''
    const isLongAgo = ctx.clock.now() - (asked.get(conversationId) ?? 0) > ASKED_EVERY_MS
    if (source === 'instagram' && isLongAgo) {
      await ask(anna, conversationId)
      asked.set(conversationId, ctx.clock.now())
    }
    const tag = `m${on.sent.length + 1}`
    const draft = { conversationId, content: tag, type: 'support' as const, clientId: null }
    const { message } = await sendMessage(anna, draft)
    return on.sent.push({ id: message.id, tag, conversationId })
  }
  for (const next of steps) await take(next)
  await reconnect()
  for (let round = 0; ; round++) {
    expect(round, 'rounds until nothing waits').toBeLessThan(MAX_ROUNDS)
    const count = await work(on, [])
    await settleLost(ctx, 100)
    if (count === 0 && (await areOver(on))) break
    await wait(on, 70_000)
  }
  await vendorIsThrough(on)
  expect(on.vendor.isCrowded, 'two at once to one contact').toBe(false)
  for (const one of on.sent) await checkMessage(on, one)
  for (const conversationId of conversations) await checkContact(on, conversationId)
}

async function openDesk(anna: MemberCtx, source: Source) {
  const { workspaceId } = anna.actor
  const account = { source, name: 'Shop', externalId: anna.ids.short(), username: anna.ids.short() }
  const credentials = { token: 'token', webhookSecret: '' }
  const channel = await anna.channels.create({ ...account, workspaceId, apiRoot: null, credentials })
  const nobody = { firstName: null, lastName: null, username: null }
  const conversations: string[] = []
  for (let contact = 0; contact < CONTACTS; contact++) {
    const about = { workspaceId, channelId: channel.id, source, sourceId: `${contact}`, ...nobody }
    const opening = { kind: 'open' as const, ...about, conversationId: anna.ids.short() }
    conversations.push((await anna.journal.append(opening)).conversation.id)
  }
  return { channel, conversations }
}

/** The customer writes. */
const ask = (anna: MemberCtx, conversationId: string) =>
  anna.journal.appendMessage({
    kind: 'message',
    workspaceIds: [anna.actor.workspaceId],
    conversationId,
    id: anna.ids.short(),
    type: 'customer',
    content: 'hello?',
    contentKind: 'text',
    sender: 'customer:1',
    author: null,
    clientId: null,
    providerId: null,
    deliver: false,
  })

/** Echoes come within minutes: before a long wait, and after a short one. */
async function wait({ ctx, vendor, pass }: Play, ms: number) {
  if (ms > 600_000) await vendor.tellRest('late')
  await pass(ms)
  await settleLost(ctx, 100)
  await vendor.tellRest('late')
}

const vendorIsThrough = async ({ vendor }: Play) => {
  await vendor.tellRest('after')
  await vendor.tellRest('late')
}

async function changeOne(
  { anna, sent, change }: Play,
  next: Extract<Step, { which: number }>,
): Promise<void> {
  const one = sent[next.which % Math.max(1, sent.length)]
  const message = one && (await anna.messages.find([anna.actor.workspaceId], one.id))
  if (!one || !message || message.deletedAt) return
  if (next.do !== 'retry')
    return change(one.id, next.do, next.do === 'edit' ? `${message.content} again` : '')
  await retryDelivery(anna, { messageId: one.id })
}

async function areOver({ ctx, sent }: Play): Promise<boolean> {
  for (const { id } of sent)
    for (const { state } of await ctx.deliveries.history(id))
      if (state === 'queued' || state === 'sending') return false
  return true
}
