import fc from 'fast-check'
import { expect } from 'vitest'
import { openChannel, openConversation } from '../context.testing.ts'
import type { Ctx, MemberCtx } from '../context.ts'
import { sendMessage } from '../messages/send.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'
import type { Outgoing, SendOutcome } from '../ports/platform.ts'
import { handOver } from './hand-over.ts'
import { retryDelivery } from './retry.ts'
import { settleLost } from './settle.ts'

const LEASE_MS = 60_000
const CONTACTS = 3
/** Rounds in which everything has to be over once the platform takes all. */
const MAX_ROUNDS = 60

/** How a platform treats one hand-over; `dies` is our node, before or after the platform has it. */
const MANNERS = [
  'accept',
  'flood',
  'flood_all',
  'error',
  'lost_before',
  'lost_after',
  'blocked',
  'revoked',
  'dies_before',
  'dies_after',
] as const
type Manner = (typeof MANNERS)[number]

type Step =
  | { do: 'send'; to: number }
  | { do: 'edit' | 'delete' | 'retry'; which: number }
  | { do: 'work'; manners: Manner[] }
  | { do: 'claim_and_die' }
  | { do: 'reconnect' }
  | { do: 'wait'; ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), to: fc.nat(CONTACTS - 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('edit', 'delete', 'retry'), which: fc.nat(20) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('work' as const),
      manners: fc.array(fc.constantFrom(...MANNERS), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'claim_and_die' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reconnect' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1_000, 70_000, 3_600_000) }),
  },
)

export const anySteps = fc.array(step, { maxLength: 40 })

export interface Gateway {
  ctx: Ctx
  anna: MemberCtx
  /** Changes a message as its author may, and queues that for the platform. */
  change(messageId: string, op: 'edit' | 'delete', content: string): Promise<void>
  /** Lets time pass, for us and for what is stored. */
  pass(ms: number): Promise<void>
}

/** Everything that reached the platform. */
function createModel() {
  const arrived: { recipient: string; tag: string }[] = []
  const standing = new Map<string, { content: string; isDeleted: boolean }>()
  const take = (outgoing: Outgoing): string => {
    if (outgoing.op === 'send') {
      const providerId = `p${arrived.length + 1}`
      arrived.push({ recipient: outgoing.recipient, tag: tagOf(outgoing.content) })
      standing.set(providerId, { content: outgoing.content, isDeleted: false })
      return providerId
    }
    const known = standing.get(outgoing.providerId)
    if (known && outgoing.op === 'edit') known.content = outgoing.content
    if (known && outgoing.op === 'delete') known.isDeleted = true
    return outgoing.providerId
  }
  return { arrived, standing, take }
}

type Model = ReturnType<typeof createModel>

const tagOf = (content: string): string => content.split(' ')[0] ?? ''

const REFUSALS: Partial<Record<Manner, SendOutcome>> = {
  flood: { outcome: 'retry', error: 'Too Many Requests', code: '429', retryAfterMs: 5_000 },
  flood_all: { outcome: 'retry', error: 'Too Many Requests', retryAfterMs: 3_000, scope: 'channel' },
  error: { outcome: 'retry', error: 'Internal Server Error', code: '500', retryAfterMs: null },
  blocked: { outcome: 'failed', error: 'blocked by the user', code: '403', unreachable: 'blocked' },
  revoked: { outcome: 'stopped', error: 'Unauthorized', code: '401' },
  lost_before: { outcome: 'ambiguous', error: 'no answer' },
  lost_after: { outcome: 'ambiguous', error: 'no answer' },
}

const ARRIVES: readonly Manner[] = ['accept', 'lost_after', 'dies_after']

/** A node of ours that hands over what it claimed, and may die on the way: then nothing more of it is written. */
function nodeOf({ ctx }: Gateway, model: Model, manners: Manner[]): Ctx {
  let isDead = false
  const send = async (_: unknown, outgoing: Outgoing): Promise<SendOutcome> => {
    const manner = manners.shift() ?? 'accept'
    const providerId = ARRIVES.includes(manner) ? model.take(outgoing) : ''
    isDead ||= manner === 'dies_before' || manner === 'dies_after'
    return REFUSALS[manner] ?? { outcome: 'sent', providerId, result: { success: true } }
  }
  const append: Ctx['journal']['append'] = (draft) => {
    if (isDead) throw new Error('The node is dead')
    return ctx.journal.append(draft)
  }
  const platforms = { telegram: { ...ctx.platforms.telegram, send } }
  return { ...ctx, platforms, journal: { ...ctx.journal, append } }
}

async function work(gateway: Gateway, model: Model, manners: Manner[]): Promise<number> {
  const claimed = await gateway.ctx.deliveries.claim(10, LEASE_MS)
  const node = nodeOf(gateway, model, manners)
  await Promise.allSettled(claimed.map((one: ClaimedDelivery) => handOver(node, one)))
  return claimed.length
}

/** Plays the steps, then lets the platform take everything until nothing waits, and checks what a customer saw. */
export async function play(gateway: Gateway, steps: readonly Step[]): Promise<void> {
  const { anna, ctx } = gateway
  const model = createModel()
  const channel = await openChannel(anna)
  const conversations = await Promise.all(
    Array.from({ length: CONTACTS }, () => openConversation(anna, { channelId: channel.id })),
  )
  const sent: { id: string; tag: string; conversationId: string }[] = []
  const reconnect = () =>
    ctx.channels.change([channel.workspaceId], channel.id, { isConnect: true, stoppedReason: null })
  const take = async (next: Step): Promise<unknown> => {
    if (next.do === 'work') return work(gateway, model, [...next.manners])
    if (next.do === 'claim_and_die') return ctx.deliveries.claim(1, LEASE_MS)
    if (next.do === 'reconnect') return reconnect()
    if (next.do === 'wait') {
      await gateway.pass(next.ms)
      return settleLost(ctx, 100)
    }
    if (next.do === 'send') {
      const tag = `m${sent.length + 1}`
      const conversationId = conversations[next.to]?.id ?? ''
      const draft = { conversationId, content: tag, type: 'support' as const, clientId: null }
      const { message } = await sendMessage(anna, draft)
      return sent.push({ id: message.id, tag, conversationId })
    }
    const one = sent[next.which % Math.max(1, sent.length)]
    const message = one && (await anna.messages.find([channel.workspaceId], one.id))
    if (!one || !message || message.deletedAt) return
    if (next.do === 'retry') return retryDelivery(anna, { messageId: one.id })
    await gateway.change(one.id, next.do, next.do === 'edit' ? `${message.content} again` : '')
  }
  for (const next of steps) await take(next)
  await reconnect()
  for (let round = 0; ; round++) {
    expect(round, 'rounds until nothing waits').toBeLessThan(MAX_ROUNDS)
    const count = await work(gateway, model, [])
    await settleLost(ctx, 100)
    if (count === 0 && (await areOver(ctx, sent))) break
    await gateway.pass(70_000)
  }
  for (const { id, tag } of sent) await check(gateway, model, { id, tag })
  await checkOrder(ctx, model, { sent, conversations: conversations.map(({ id }) => id) })
}

type Sent = { id: string; tag: string }

async function areOver(ctx: Ctx, sent: Sent[]): Promise<boolean> {
  for (const { id } of sent)
    for (const { state } of await ctx.deliveries.history(id))
      if (state === 'queued' || state === 'sending') return false
  return true
}

/** Each hand-over of a message arrives at most once, for certain where it says so, and fails with a reason. */
async function check({ anna, ctx }: Gateway, model: Model, { id, tag }: Sent): Promise<void> {
  const message = await anna.messages.find([anna.actor.workspaceId], id)
  const sends = (await ctx.deliveries.history(id)).filter(({ op }) => op === 'send')
  const count = (state: string) => sends.filter((one) => one.state === state).length
  const arrivals = model.arrived.filter((one) => one.tag === tag).length
  expect(arrivals, `${tag} arrived`).toBeGreaterThanOrEqual(count('sent'))
  expect(arrivals, `${tag} arrived`).toBeLessThanOrEqual(count('sent') + count('unconfirmed'))
  for (const { state, error } of sends) if (state === 'failed') expect(error).toMatch(/./)
  if (sends.length !== 1 || count('sent') !== 1 || message?.extras?.unreached) return
  const place = model.arrived.findIndex((one) => one.tag === tag)
  const standing = model.standing.get(`p${place + 1}`)
  expect(standing?.isDeleted, `${tag} is deleted`).toBe(message?.deletedAt !== null)
  if (!message?.deletedAt) expect(standing?.content).toBe(message?.content)
}

/** What nobody asked for again arrives in the order in which it was written, contact by contact. */
async function checkOrder(
  ctx: Ctx,
  { arrived }: Model,
  { sent, conversations }: { sent: (Sent & { conversationId: string })[]; conversations: string[] },
): Promise<void> {
  for (const conversation of conversations) {
    const written: string[] = []
    for (const { id, tag, conversationId } of sent) {
      const sends = (await ctx.deliveries.history(id)).filter(({ op }) => op === 'send')
      if (conversationId === conversation && sends.length === 1) written.push(tag)
    }
    const got = arrived.map(({ tag }) => tag).filter((tag) => written.includes(tag))
    expect(got, 'the order').toEqual(written.filter((tag) => got.includes(tag)))
  }
}
