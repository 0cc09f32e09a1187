import { holdsUnstorable } from '../../contract/characters.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { CustomerRecord, OwnedCustomer } from '../ports/customers.ts'
import type { CustomerFields } from '../ports/journal.ts'
import { audit } from '../security/audit.ts'
import { canDelete } from '../security/can.ts'

/** Longest JSON of what else is kept of a customer: a client that only ever adds to it must come to an end. */
export const MAX_DATA_LENGTH = 256 * 1024

/** A customer of any of the member's workspaces. Errors: not_found. */
export async function requireCustomer(ctx: MemberCtx, id: number): Promise<OwnedCustomer> {
  const customer = await ctx.customers.find(workspaceIds(ctx), id)
  if (!customer) throw new DomainError('not_found', 'Customer not found')
  return customer
}

/**
 * Changes the named fields, and the tags where given. Errors: not_found, too_large, invalid_input (data that cannot be
 * stored; an unknown tag, cause: 'tag_ids').
 */
export async function changeCustomer(
  ctx: MemberCtx,
  input: { customerId: number; fields: CustomerFields; tagIds: number[] | null },
): Promise<CustomerRecord> {
  const customer = await requireCustomer(ctx, input.customerId)
  requireData(input.fields.data)
  if (input.tagIds) await requireTags(ctx, customer.workspaceId, input.tagIds)
  const { event } = await ctx.journal.amend({
    kind: 'customer',
    workspaceIds: [customer.workspaceId],
    ...input,
  })
  ctx.feed.publish(customer.workspaceId, event)
  return requireCustomer(ctx, input.customerId)
}

function requireData(data: unknown) {
  if (data === undefined) return
  if (holdsUnstorable(data))
    throw new DomainError('invalid_input', 'Text contains characters that cannot be stored')
  if (JSON.stringify(data).length > MAX_DATA_LENGTH)
    throw new DomainError('too_large', 'More is kept of a customer than may be')
}

/** Deletes a customer with all conversations and messages, for good. Errors: not_found, forbidden. */
export async function deleteCustomer(ctx: MemberCtx, input: { customerId: number }): Promise<void> {
  const { workspaceId } = await requireCustomer(ctx, input.customerId)
  if (!canDelete(ctx.actor, workspaceId))
    throw new DomainError('forbidden', 'Only owners and admins can delete customers')
  await removeCustomer(ctx, workspaceId, input.customerId)
}

export async function removeCustomer(ctx: MemberCtx, workspaceId: number, customerId: number): Promise<void> {
  const { event } = await ctx.journal.amend({
    kind: 'delete_customer',
    workspaceIds: [workspaceId],
    customerId,
  })
  ctx.feed.publish(workspaceId, event)
  if (event) await audit(ctx, { action: 'customer.deleted', target: `customer:${customerId}`, workspaceId })
}

async function requireTags(ctx: MemberCtx, workspaceId: number, ids: number[]): Promise<void> {
  const known = new Set((await ctx.tags.list([workspaceId])).map(({ id }) => id))
  const unknown = ids.find((id) => !known.has(id))
  if (unknown !== undefined)
    throw new DomainError('invalid_input', `Invalid pk "${unknown}" - object does not exist.`, {
      cause: 'tag_ids',
    })
}
