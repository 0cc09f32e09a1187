import type { LiveEvent } from '../../contract/event.ts'
import type { MessageChangeDraft, MessageDraft } from '../../core/ports/journal.ts'
import { answered, type Opened, openConversation, said } from './stores.testing.ts'

export type Place = Awaited<ReturnType<typeof openConversation>>
export type Change = MessageChangeDraft extends infer Draft
  ? Draft extends MessageChangeDraft
    ? Omit<Draft, 'workspaceIds' | 'conversationId' | 'messageId'>
    : never
  : never

export const edited = (content: string, at: string | null = null, deliver = false) => ({
  kind: 'edit' as const,
  content,
  at,
  deliver,
})
export const reacted = (
  emojis: string[],
  at: string | null = null,
  by: 'customer' | 'agent' = 'customer',
) => ({
  kind: 'react' as const,
  emojis,
  at,
  by,
  deliver: false,
})
export const unsent = (deliver = false) => ({ kind: 'unsend' as const, deliver })
export const second = (number: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString()

/** What tests of changed messages do with a journal. */
export function actsOn(opened: Opened) {
  const journal = () => opened().stores.journal
  const say = async (place: Place, more: Partial<MessageDraft> = {}) =>
    (await journal().appendMessage(said(place, more))).message.id
  const answer = async (place: Place, more: Partial<MessageDraft> = {}) =>
    (await journal().appendMessage(answered(place, more))).message.id
  const change = ({ workspace, conversation }: Place, messageId: string, what: Change) =>
    journal().append({ ...what, workspaceIds: [workspace.id], conversationId: conversation.id, messageId })
  const find = ({ workspace }: Place, id: string) => opened().stores.messages.find([workspace.id], id)
  const open = () => openConversation(opened().stores)
  const messageOf = (event: LiveEvent | null) => (event?.type === 'message.changed' ? event.message : null)
  const historyOf = (id: string) => opened().stores.deliveries.history(id)
  return { journal, say, answer, change, find, open, messageOf, historyOf }
}
