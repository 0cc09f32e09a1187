import type { CustomerFilter } from '../../contract/filters.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { CustomerRecord } from '../ports/customers.ts'
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
    await Promise.all(
      group.map(async (id) => {
        const found = await ctx.customers.find(allowed, id)
        if (!found) return
        await removeCustomer(ctx, found.workspaceId, id)
        deleted++
      }),
    )
  }
  return deleted
}

async function refuseForeign(ctx: MemberCtx, allowed: number[], ids: number[] | null): Promise<void> {
  const others = workspaceIds(ctx).filter((id) => !allowed.includes(id))
  if (!ids || others.length === 0) return
  const found = await ctx.customers.ids(others, { filter: ANY, ids }, { after: 0, limit: 1 })
  if (found.length > 0) throw new DomainError('forbidden', 'Only owners and admins can delete customers')
}

/** The selected customers, a group at a time, so that an export holds one group in memory. */
export async function* exportCustomers(
  ctx: MemberCtx,
  selection: Selection,
): AsyncGenerator<CustomerRecord[]> {
  const spaces = workspaceIds(ctx)
  for await (const group of groups(ctx, spaces, selection)) {
    const found = await Promise.all(group.map((id) => ctx.customers.find(spaces, id)))
    yield found.filter((customer) => customer !== null)
  }
}

async function* groups(ctx: MemberCtx, spaces: number[], selection: Selection): AsyncGenerator<number[]> {
  for (let after = 0; ; ) {
    const ids = await ctx.customers.ids(spaces, selection, { after, limit: GROUP })
    const last = ids.at(-1)
    if (last === undefined) return
    yield ids
    after = last
  }
}
