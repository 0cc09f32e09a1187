import type { Conversation } from '../../contract/conversation.ts'
import { ClientId, ConversationId } from '../../contract/ids.ts'
import { type ContentFault, readRawContent } from '../../contract/raw-content.ts'
import { SendBody } from '../../contract/rest.ts'
import { findConversation } from '../../core/conversations/page.ts'
import { type MemberExchange, refuse } from './exchange.ts'

const CONTENT_FAULTS: Record<ContentFault, [error: string, code: string]> = {
  not_text: ['Message content must be a string', 'INVALID_CONTENT'],
  empty: ['Message content is required', 'EMPTY_CONTENT'],
  too_long: ['Message content too long (max 1000 characters)', 'CONTENT_TOO_LONG'],
  unstorable: ['Message content cannot be stored', 'INVALID_CONTENT'],
}

/** The text of a message, stripped; a Refusal in the legacy words where it cannot be sent. */
export function readContent(given: unknown): string {
  const read = readRawContent(given)
  if ('text' in read) return read.text
  const [error, code] = CONTENT_FAULTS[read.fault]
  throw refuse(400, error, code)
}

/** The ids of files that were uploaded for the message. */
export function readAttachmentIds({ attachment_ids: given = [] }: Record<string, unknown>): string[] {
  const ids = SendBody.shape.attachment_ids.safeParse(given)
  if (!ids.success)
    throw refuse(400, 'attachment_ids must be ids of uploaded files, at most 10', 'INVALID_ATTACHMENTS')
  return ids.data ?? []
}

/** The request's Idempotency-Key. One that is too long is refused, not cut: two keys with one beginning would make one message of two. */
export function readIdempotencyKey({ req }: MemberExchange): string | null {
  const key = req.headers['idempotency-key']
  if (key === undefined || key === '') return null
  const clientId = ClientId.safeParse(key)
  if (!clientId.success)
    throw refuse(400, 'Idempotency-Key must have at most 64 characters', 'INVALID_IDEMPOTENCY_KEY')
  return clientId.data
}

/** The conversation in the path, in the words of the two legacy verbs that name it there. */
export async function requireOwn({ ctx, params }: MemberExchange): Promise<Conversation> {
  const found = await findOwn(ctx, params[0])
  if (!found) throw refuse(404, 'Conversation not found or access denied', 'CONVERSATION_NOT_FOUND')
  return found
}

export async function findOwn(ctx: MemberExchange['ctx'], id: unknown): Promise<Conversation | null> {
  const parsed = ConversationId.safeParse(id)
  return parsed.success ? findConversation(ctx, parsed.data) : null
}
