import type { Hold } from '../../contract/spam.ts'
import { type Opened, type openConversation, said } from './stores.testing.ts'

export type Place = Pick<Awaited<ReturnType<typeof openConversation>>, 'workspace' | 'conversation'>

export const HOLD: Hold = { score: 70, reasons: [{ code: 'spam_phrase', times: 2, points: 70 }] }

/** What tests of held messages do with a journal. */
export function actsOn(opened: Opened) {
  const journal = () => opened().stores.journal
  const hold = async (place: Place, more: object = {}) =>
    (await journal().appendMessage(said(place, { hold: HOLD, ...more }))).message
  const say = async (place: Place, more: object = {}) =>
    (await journal().appendMessage(said(place, more))).message
  const settle = (
    { workspace, conversation }: Place,
    messageId: string,
    kind: 'release' | 'discard' = 'release',
  ) =>
    journal().append({
      kind,
      workspaceIds: [workspace.id],
      conversationId: conversation.id,
      messageId,
      userId: workspace.user.id,
    })
  const about = ({ workspace, conversation }: Place) => ({
    workspaceIds: [workspace.id],
    conversationId: conversation.id,
    userId: workspace.user.id,
  })
  const stateOf = async ({ workspace, conversation }: Place) =>
    opened().stores.conversations.find([workspace.id], conversation.id)
  const shown = async ({ conversation }: Place) =>
    (await opened().stores.messages.page(conversation.id, { limit: 100 })).map(({ seq }) => seq)
  return { journal, hold, say, settle, about, stateOf, shown }
}
