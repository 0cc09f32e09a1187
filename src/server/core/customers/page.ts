import type { Conversation } from '../../contract/conversation.ts'
import type { CustomerFilter } from '../../contract/filters.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import type { Page, Paged } from '../ports/conversations.ts'
import type { CustomerOptions, CustomerRecord } from '../ports/customers.ts'

/** Conversations shown with one customer. */
const MAX_CONVERSATIONS = 50

export type CustomerWithConversations = CustomerRecord & { conversations: Conversation[] }

/** The member's customers, without their conversations. A filter that can match nothing is null. */
export async function pageCustomers(
  ctx: MemberCtx,
  filter: CustomerFilter | null,
  page: Page,
): Promise<Paged<CustomerRecord>> {
  if (!filter) return { rows: [], total: 0, asOf: null }
  return ctx.customers.page(workspaceIds(ctx), filter, page)
}

/** The same with each customer's conversations, newest activity first. */
export async function pageCustomersWithConversations(
  ctx: MemberCtx,
  filter: CustomerFilter | null,
  page: Page,
): Promise<Paged<CustomerWithConversations>> {
  const { rows, ...rest } = await pageCustomers(ctx, filter, page)
  const ids = rows.map(({ id }) => id)
  const conversations = await ctx.customers.conversationsOf(workspaceIds(ctx), ids, MAX_CONVERSATIONS)
  return { rows: rows.map((row) => ({ ...row, conversations: conversations.get(row.id) ?? [] })), ...rest }
}

/** The values that occur in the member's customers. */
export const customerOptions = (ctx: MemberCtx): Promise<CustomerOptions> =>
  ctx.customers.options(workspaceIds(ctx))
