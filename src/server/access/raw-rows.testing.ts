import type { World } from './world.testing.ts'

type Frame = Record<string, unknown>

/**
 * By the socket's path and the frame's type: the frame as Ada sends it about what is hers. A stranger sends the same on a
 * socket of their own.
 */
export const RAW_ROWS: Record<string, (hers: Awaited<ReturnType<World['openThread']>>) => Frame> = {
  '/ws/chat/{conversation_id}/ chat_message': () => ({ content: 'Hello' }),
  '/ws/chat/{conversation_id}/ typing': () => ({ is_typing: true }),
  '/ws/chat/{conversation_id}/ mark_read': () => ({}),
  '/ws/chat/{conversation_id}/ get_messages': () => ({}),
  '/ws/chat/{conversation_id}/ load_more_messages': () => ({}),
  '/ws/chat/{conversation_id}/ submit_feedback': ({ answerId }) => ({
    message_id: answerId,
    feedback: 'negative',
  }),
  '/ws/chat/{conversation_id}/ resume': () => ({ after_seq: 0 }),
  '/ws/chat/{conversation_id}/ ping': () => ({}),
  '/ws/conversations/ get_conversations': () => ({}),
  '/ws/conversations/ refresh_conversations': () => ({}),
  '/ws/conversations/ filter_conversations': () => ({ filters: { search: 'Kim' } }),
  '/ws/conversations/ search_conversations': () => ({ search_term: 'Kim' }),
  '/ws/conversations/ get_conversation_filter_options': () => ({}),
  '/ws/conversations/ ping': () => ({}),
  '/ws/customers/ get_customers': () => ({}),
  '/ws/customers/ refresh_customers': () => ({}),
  '/ws/customers/ filter_customers': () => ({ filters: { search: 'Kim' } }),
  '/ws/customers/ search_customers': () => ({ search_term: 'Kim' }),
  '/ws/customers/ get_filter_options': () => ({}),
  '/ws/customers/ ping': () => ({}),
}
