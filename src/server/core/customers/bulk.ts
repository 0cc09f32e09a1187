import type { CustomerFilter } from '../../contract/filters.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { CustomerRecord, OwnedCustomer } from '../ports/customers.ts'
import { canDelete } from '../security/can.ts'
import { removeCustomer } from './change.ts'

/** Customers handled together. */
const GROUP = 200

/** Which customers a bulk verb is about: those named, or (null) all that the filter matches. */
export interface Selection {
  ids: number[] | null
  filter: CustomerFilter
}

const ANY: CustomerFilter = { order: { by: 'created_at', isDescending: true } }

/**
 * Deletes the selected customers; answers how many. Errors: forbidden, where one that is named is of a workspace in
 * which the member may not. Without names it is about the workspaces in which they may.
 */
export async function deleteCustomers(ctx: MemberCtx, selection: Selection): Promise<number> {
  const allowed = workspaceIds(ctx).filter((id) => canDelete(ctx.actor, id))
  if (allowed.length === 0) throw new DomainError('forbidden', 'Only owners and admins can delete customers')
  await refuseForeign(ctx, allowed, selection.ids)
  let deleted = 0
  for await (const group of groups(ctx, allowed, selection)) {
    const removed = await Promise.all(group.map((customer) => removeIfThere(ctx, customer)))
    deleted += removed.filter(Boolean).length
  }
  return deleted
}

/** False where somebody else was first. */
const removeIfThere = (ctx: MemberCtx, { workspaceId, id }: OwnedCustomer): Promise<boolean> =>
  removeCustomer(ctx, workspaceId, id).then(
    () => true,
    (error: unknown) => {
      if (isDomainError(error) && error.code === 'not_found') return false
      throw error
    },
  )

async function refuseForeign(ctx: MemberCtx, allowed: number[], ids: number[] | null): Promise<void> {
  const others = workspaceIds(ctx).filter((id) => !allowed.includes(id))
  if (!ids || others.length === 0) return
  const found = await ctx.customers.batch(others, { filter: ANY, ids }, { after: 0, limit: 1 })
  if (found.length > 0) throw new DomainError('forbidden', 'Only owners and admins can delete customers')
}

/** The selected customers, a group at a time, so that an export holds one group in memory. */
export const exportCustomers = (ctx: MemberCtx, selection: Selection): AsyncGenerator<CustomerRecord[]> =>
  groups(ctx, workspaceIds(ctx), selection)

async function* groups(
  ctx: MemberCtx,
  spaces: number[],
  selection: Selection,
): AsyncGenerator<OwnedCustomer[]> {
  for (let after = 0; ; ) {
    const group = await ctx.customers.batch(spaces, selection, { after, limit: GROUP })
    const last = group.at(-1)
    if (!last) return
    yield group
    after = last.id
  }
}
