import { expect } from 'vitest'
import type { Ctx, MemberCtx } from '../context.ts'
import type { Vendor } from './gateway-vendor.testing.ts'

export interface Gateway {
  ctx: Ctx
  anna: MemberCtx
  /** Changes a message as its author may, and queues that for the platform. */
  change(messageId: string, op: 'edit' | 'delete', content: string): Promise<void>
  /** Lets time pass, for us and for what is stored. */
  pass(ms: number): Promise<void>
  /** How long the platform has to answer. */
  withinMs: number
}

export interface Sent {
  id: string
  tag: string
  conversationId: string
}

/** A gateway in front of a platform, and what was written through it. */
export interface Play extends Gateway {
  vendor: Vendor
  sent: Sent[]
}

const sendsOf = async ({ ctx }: Play, { id }: Sent) =>
  (await ctx.deliveries.history(id)).filter(({ op }) => op === 'send')

/** Each hand-over of a message arrives at most once, for certain where it says so, and fails with a reason. */
export async function checkMessage(play: Play, one: Sent): Promise<void> {
  const { anna, vendor } = play
  const { id, tag } = one
  const message = await anna.messages.find([anna.actor.workspaceId], id)
  const sends = await sendsOf(play, one)
  const count = (state: string) => sends.filter((send) => send.state === state).length
  const arrivals = vendor.arrived.filter((arrival) => arrival.tag === tag).length
  // Of what a person sent again an echo says that it is there, not which of its deliveries brought it.
  const sure = vendor.echoes ? Math.min(1, count('sent')) : count('sent')
  expect(arrivals, `${tag} arrived`).toBeGreaterThanOrEqual(sure)
  expect(arrivals, `${tag} arrived`).toBeLessThanOrEqual(count('sent') + count('unconfirmed'))
  for (const { state, error } of sends) if (state === 'failed') expect(error).toMatch(/./)
  const told = vendor.arrived.some((arrival) => arrival.tag === tag && vendor.told.has(arrival.providerId))
  if (sends.length === 1 && told) expect(sends[0]?.state, `${tag}, told back`).toBe('sent')
  if (sends.length !== 1 || count('sent') !== 1 || message?.extras?.unreached) return
  const { providerId } = vendor.arrived.find((arrival) => arrival.tag === tag) ?? {}
  const standing = vendor.standing.get(providerId ?? '')
  expect(standing?.isDeleted, `${tag} is deleted`).toBe(message?.deletedAt !== null)
  if (!message?.deletedAt) expect(standing?.content).toBe(message?.content)
}

/** What nobody asked for again arrives in the order in which it was written, and is shown once. */
export async function checkContact(play: Play, conversationId: string): Promise<void> {
  const written: string[] = []
  for (const one of play.sent)
    if (one.conversationId === conversationId && (await sendsOf(play, one)).length === 1)
      written.push(one.tag)
  const got = play.vendor.arrived.map(({ tag }) => tag).filter((tag) => written.includes(tag))
  expect(got, 'the order').toEqual(written.filter((tag) => got.includes(tag)))
  if (!play.vendor.echoes) return
  const thread = await play.ctx.messages.page(conversationId, { limit: 500 })
  const shown = thread.map(({ content }) => content).filter((content) => written.includes(content))
  expect(shown, 'the thread').toEqual(written)
}
