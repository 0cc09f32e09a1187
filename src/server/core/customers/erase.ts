import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Erased } from '../ports/erasure.ts'
import type { Ports } from '../ports.ts'
import { audit, auditSystem } from '../security/audit.ts'
import { canDelete } from '../security/can.ts'
import { requireCustomer } from './change.ts'

/** Messages emptied by one statement: its locks are short, whatever the length of a conversation. */
const MESSAGES = 500
/** Events and raw platform events looked at by one statement. */
const ROWS = 20_000

type EraseCtx = Pick<Ports, 'erasure' | 'feed' | 'tokens'>

/**
 * Erases a customer: who they are and what was said goes, here and in every log; that something was said, and when,
 * stays. A later message of the same person is a new customer's. Repeating it ends what a crash cut short. Errors:
 * not_found, forbidden.
 */
export async function eraseCustomer(
  ctx: MemberCtx,
  input: { customerId: number },
): Promise<{ messages: number }> {
  const { id: customerId, workspaceId, erasedAt } = await requireCustomer(ctx, input.customerId)
  if (!canDelete(ctx.actor, workspaceId))
    throw new DomainError('forbidden', 'Only owners and admins can erase customers')
  const messages = await erase(ctx, { workspaceId, customerId })
  if (!erasedAt)
    await audit(ctx, {
      action: 'customer.erased',
      target: `customer:${customerId}`,
      after: { messages },
      workspaceId,
    })
  return { messages }
}

/** Ends erasures that a crash cut short; answers how many. */
export async function finishErasures(ctx: EraseCtx & Pick<Ports, 'audit'>, before: number): Promise<number> {
  const unfinished = await ctx.erasure.unfinished(before, 100)
  for (const customer of unfinished) {
    const messages = await erase(ctx, customer)
    const { workspaceId, customerId } = customer
    const deed = { action: 'customer.erased' as const, target: `customer:${customerId}`, after: { messages } }
    await auditSystem(ctx, { ...deed, workspaceId })
  }
  return unfinished.length
}

async function erase(ctx: EraseCtx, customer: Erased): Promise<number> {
  const { erasure, feed } = ctx
  for (let after: string | null = '0'; after !== null; )
    after = await erasure.forgetRaw(customer, after, ROWS)
  feed.publish(customer.workspaceId, await erasure.begin(customer, digestOf(ctx, customer)))
  const conversations = await erasure.conversations(customer)
  let messages = 0
  for (const { id, length } of conversations)
    for (let after = 0; after < length; after += MESSAGES)
      messages += await erasure.emptyMessages(id, after, after + MESSAGES)
  await emptyLogs(
    ctx,
    customer,
    conversations.map(({ id }) => id),
  )
  feed.publish(customer.workspaceId, await erasure.end(customer))
  return messages
}

async function emptyLogs({ erasure }: EraseCtx, customer: Erased, conversationIds: string[]) {
  const { after: first, through: last } = await erasure.eventRange(customer.workspaceId)
  for (let after = first; after < last; after += ROWS)
    await erasure.emptyEvents(customer.workspaceId, conversationIds, { after, through: after + ROWS })
  await erasure.emptySecurityNotes(customer, conversationIds)
}

// Keyed, so that nobody who tries ids of the platform finds out whose it was; each customer's own, or a second erasure of
// the same person would collide with the first.
const digestOf = ({ tokens }: EraseCtx, { workspaceId, customerId }: Erased): string =>
  `erased:${tokens.keyedDigest(`erasure:${workspaceId}:${customerId}`).slice(0, 32)}`
