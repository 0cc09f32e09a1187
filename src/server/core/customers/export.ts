import {
  EXPORT_FORMAT,
  EXPORT_VERSION,
  type ExportedConversation,
  type ExportedMessage,
  type ExportHead,
} from '../../contract/export.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { OwnedCustomer } from '../ports/customers.ts'
import { audit } from '../security/audit.ts'
import { canExportData } from '../security/can.ts'
import { requireCustomer } from './change.ts'

const CONVERSATIONS = 50
/** Messages in memory at once. */
const MESSAGES = 200

/** An export piece by piece: its head, then each conversation, followed by its messages. */
export type ExportPart =
  | { kind: 'head'; head: ExportHead }
  | { kind: 'conversation'; conversation: ExportedConversation }
  | { kind: 'messages'; messages: ExportedMessage[] }

/** Everything that is kept of one customer, read as it is written out. Errors: not_found, forbidden. */
export async function exportCustomer(
  ctx: MemberCtx,
  input: { customerId: number },
): Promise<AsyncGenerator<ExportPart>> {
  const customer = await requireCustomer(ctx, input.customerId)
  const { id, workspaceId } = customer
  if (!canExportData(ctx.actor, workspaceId))
    throw new DomainError('forbidden', 'Only owners and admins can take a customer’s data out')
  // Before the first byte: an export that breaks off halfway has left the workspace too.
  await audit(ctx, { action: 'customer.exported', target: `customer:${id}`, workspaceId })
  return partsOf(ctx, customer)
}

async function* partsOf(ctx: MemberCtx, { workspaceId, ...customer }: OwnedCustomer) {
  const name = ctx.actor.workspaces.find(({ id }) => id === workspaceId)?.name ?? ''
  const exportedAt = new Date(ctx.clock.now()).toISOString()
  const about = { format: EXPORT_FORMAT, version: EXPORT_VERSION, exportedAt } as const
  yield { kind: 'head' as const, head: { ...about, workspace: { id: workspaceId, name }, customer } }
  for await (const conversation of conversationsOf(ctx, customer.id)) {
    yield { kind: 'conversation' as const, conversation }
    for await (const messages of messagesOf(ctx, conversation.id))
      yield { kind: 'messages' as const, messages }
  }
}

async function* conversationsOf(ctx: MemberCtx, customerId: number) {
  for (let after = ''; ; ) {
    const page = await ctx.exports.conversations(customerId, after, CONVERSATIONS)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < CONVERSATIONS) return
    after = last.id
  }
}

async function* messagesOf(ctx: MemberCtx, conversationId: string) {
  for (let after = 0; ; ) {
    const page = await ctx.exports.messages(conversationId, after, MESSAGES)
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (!last || page.length < MESSAGES) return
    after = last.seq
  }
}
