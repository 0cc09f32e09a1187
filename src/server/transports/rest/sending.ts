import { strip } from '../../contract/characters.ts'
import type { Conversation } from '../../contract/conversation.ts'
import { toLegacyMessage, toRestMessage } from '../../contract/legacy-shapes.ts'
import { AiMessageBody } from '../../contract/rest.ts'
import { isDomainError } from '../../core/errors.ts'
import { mediaUrlOf } from '../../core/files/links.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { sendBotAnswer } from '../../core/messages/send-ai.ts'
import type { AppendedMessage } from '../../core/ports/journal.ts'
import { type Answer, type MemberExchange, Refusal, refuse } from './exchange.ts'
import { readAttachmentIds, readContent, readIdempotencyKey, requireOwn } from './send-input.ts'

export type AwaitResult = (sent: AppendedMessage) => Promise<Record<string, unknown>>

export async function send(exchange: MemberExchange, awaitResult: AwaitResult): Promise<Answer> {
  const { ctx, body } = exchange
  const attachmentIds = readAttachmentIds(body)
  const isBare = attachmentIds.length > 0 && (body.content === undefined || body.content === '')
  const content = isBare ? '' : readContent(body.content)
  const type = body.type ?? 'support'
  if (type !== 'support' && type !== 'marketing')
    throw refuse(400, 'Invalid message type. Must be "support" or "marketing"', 'INVALID_TYPE')
  const own = await requireOwn(exchange)
  const clientId = readIdempotencyKey(exchange)
  const written = { content, type, clientId, attachmentIds } as const
  const sent = await sendMessage(ctx, { conversationId: own.id, ...written }).catch(asSpam)
  return answerSent(ctx, own, { sent, result: await awaitResult(sent) })
}

const asSpam = (error: unknown): never => {
  if (isDomainError(error) && error.cause === 'spam') throw refuse(400, error.message, 'SPAM_DETECTED')
  throw error
}

export async function answerAsBot(exchange: MemberExchange, awaitResult: AwaitResult): Promise<Answer> {
  const { ctx, body } = exchange
  const content = readContent(body.content)
  const own = await requireOwn(exchange)
  const extras = AiMessageBody.omit({ content: true }).safeParse(body)
  if (!extras.success)
    throw refuse(400, extras.error.issues[0]?.message ?? 'Invalid message', 'INVALID_CONTENT')
  const { metadata, input_tokens: inputTokens, output_tokens: outputTokens } = extras.data
  const clientId = readIdempotencyKey(exchange)
  const answer = { conversationId: own.id, content, clientId, metadata, inputTokens, outputTokens }
  const sent = await sendBotAnswer(ctx, answer)
  return answerSent(ctx, own, { sent, result: await awaitResult(sent) })
}

interface SentMessage {
  sent: AppendedMessage
  result: Record<string, unknown>
}

function answerSent(
  ctx: MemberExchange['ctx'],
  { id, customer }: Conversation,
  { sent, result }: SentMessage,
) {
  const { message, conversation } = sent
  const data = {
    message: toLegacyMessage(message, customer, conversation.answeredSeq, mediaUrlOf(ctx, message)),
    external_send_result: result,
    conversation_id: id,
  }
  return { status: 201, body: { status: 'success', message: 'Message sent successfully', data } }
}

// The oldest verb spells a refused text as one JSON string.
function readSpoken(given: string): string {
  try {
    return readContent(given)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { error: text } = error.answer.body as { error: string }
    throw new Refusal({ status: 400, body: `error: ${text}` })
  }
}

export async function supportAnswer(exchange: MemberExchange): Promise<Answer> {
  const { ctx, body } = exchange
  const wrong = (text: string) => new Refusal({ status: 406, body: { content: [text] } })
  if (body.content === undefined || body.content === null) throw wrong('This field is required.')
  if (typeof body.content !== 'string') throw wrong('Not a valid string.')
  if (strip(body.content) === '') throw wrong('This field may not be blank.')
  const content = readSpoken(body.content)
  const own = await requireOwn(exchange)
  const clientId = readIdempotencyKey(exchange)
  const sent = await sendMessage(ctx, { conversationId: own.id, content, type: 'support', clientId })
  const conversation = { ...own, ...sent.conversation }
  const record = { ...sent.message, metadata: {}, inputTokens: 0, outputTokens: 0, conversation }
  const raw = toRestMessage(record, ctx.actor.userId)
  return {
    status: 200,
    body: { ...raw, conversation: own.id, customer: own.customerId },
  }
}
