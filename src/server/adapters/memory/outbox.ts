import { type ConversationRow, type MemoryState, type MessageRow, requireRow } from './state.ts'

export const serviceUnavailable = (source: string) =>
  `${source.charAt(0).toUpperCase()}${source.slice(1)} service not available`

/** Queues a delivery of the message, or writes one that failed where nobody could take it. */
export function queueDelivery(state: MemoryState, message: MessageRow, at: string): void {
  const conversation = requireRow(state.conversations, message.conversationId, 'conversation')
  const error = refusal(state, conversation)
  const row = {
    id: state.nextId(),
    workspaceId: conversation.workspaceId,
    channelId: conversation.channelId,
    customerId: conversation.customerId,
    conversationId: conversation.id,
    messageId: message.id,
    op: 'send' as const,
    body: null,
    state: error === null ? ('queued' as const) : ('failed' as const),
    nextAt: Date.parse(at),
    leaseTill: null,
    error,
    createdAt: at,
    attempts: [],
  }
  state.deliveries.push(row)
  message.deliveries.push(row)
}

function refusal(state: MemoryState, { source, channelId }: ConversationRow): string | null {
  if (source === 'unknown') return 'Unknown conversation source'
  const channel = channelId === null ? undefined : state.channels.get(channelId)
  return channel?.isConnect && !channel.isDeleted ? null : serviceUnavailable(source)
}
