import { z } from 'zod'
import { Instant } from './customer.ts'
import { ConversationId, IntId, MessageId } from './ids.ts'
import { ExternalSendResult, LegacyMessage, LegacyPagination } from './legacy.ts'
import { Feedback } from './message.ts'
import { FeedbackFields } from './rest.ts'
import { asking, everywhere, frame, type SocketDoc } from './socket-doc.ts'

const at = { timestamp: Instant }
const int = z.number().int()
const count = int.min(0)

/** How a page is asked for. */
export const paging = {
  page: z.union([int, z.string()]).optional(),
  page_size: z.union([int, z.string()]).optional(),
  limit: z.union([int, z.string()]).optional(),
  offset: z.union([int, z.string()]).optional(),
}

const MessageFrame = { message: LegacyMessage }

/** The socket of one conversation. */
export const CHAT_SOCKET: SocketDoc = {
  path: '/ws/chat/{conversation_id}/',
  summary: 'One conversation',
  client: {
    chat_message: asking(
      'chat_message',
      { content: z.string(), message_type: z.string().optional() },
      'Sends a message; the default where `type` is missing',
    ),
    typing: asking('typing', { is_typing: z.boolean() }, 'Says that one types, or stopped'),
    mark_read: asking('mark_read', {}, 'Marks the customer’s messages as read'),
    get_messages: asking(
      'get_messages',
      { filters: z.looseObject(paging).nullish() },
      'Asks for a page of history, newest first',
    ),
    load_more_messages: asking(
      'load_more_messages',
      { filters: z.looseObject(paging).nullish() },
      'The same as get_messages',
    ),
    submit_feedback: asking(
      'submit_feedback',
      { message_id: MessageId, feedback: Feedback, comment: z.string().nullish() },
      'Rates an answer of the bot',
    ),
    resume: asking('resume', { after_seq: count }, 'Asks for what came after a seq, at most 500 messages'),
    ...everywhere.client,
  },
  server: {
    recent_messages: frame(
      'recent_messages',
      { messages: z.array(LegacyMessage), pagination: LegacyPagination, count, page_count: count, ...at },
      'A page of history, oldest first; the first frame of the socket',
    ),
    chat_message: frame(
      'chat_message',
      { ...MessageFrame, external_send_result: ExternalSendResult },
      'A message, in the order of seq',
    ),
    ai_message: frame(
      'ai_message',
      { ...MessageFrame, conversation_id: ConversationId, is_ai_response: z.literal(true) },
      'An answer of the bot',
    ),
    typing_indicator: frame(
      'typing_indicator',
      {
        conversation_id: ConversationId,
        user_id: IntId,
        username: z.string(),
        is_typing: z.boolean(),
        ...at,
      },
      'Somebody else types, or stopped',
    ),
    user_presence: frame(
      'user_presence',
      { user_id: IntId, username: z.string(), is_online: z.boolean(), ...at },
      'Somebody else came, or left',
    ),
    messages_read: frame('messages_read', { user_id: IntId }, 'Somebody read the conversation'),
    feedback_submitted: frame(
      'feedback_submitted',
      { success: z.literal(true), data: FeedbackFields },
      'One’s own rating was stored',
    ),
    feedback_updated: frame('feedback_updated', FeedbackFields.shape, 'An answer was rated'),
    conversation_deleted: frame(
      'conversation_deleted',
      { conversation_id: ConversationId, message: z.string(), ...at },
      'The conversation is gone; the socket stays open',
    ),
    reset: frame('reset', at, 'Too much was missed for a resume: load the history again'),
    ...everywhere.server,
  },
}
