import { randomUUID } from 'node:crypto'
import type { Attachment } from '../../contract/attachment.ts'
import type { NewAttachment } from '../../core/ports/attachments.ts'
import type { MessageDraft } from '../../core/ports/journal.ts'
import type { Stores } from '../memory/stores.ts'
import { answered, type openConversation } from './stores.testing.ts'

export const DAY = 86_400_000

export type Place = Awaited<ReturnType<typeof openConversation>>

/** What tests of attachments do, in the test's one conversation unless told. */
export function actsOn(stores: () => Stores, here: () => Place) {
  const uploaderOf = ({ workspace }: Place) => `user:${workspace.author.userId}`
  const add = async (more: Partial<NewAttachment> = {}, at = here()) => {
    const id = randomUUID().replaceAll('-', '')
    const measures = { size: null, width: null, height: null, durationMs: null }
    const what = { kind: 'image' as const, name: 'a.jpg', mime: 'image/jpeg', source: null, ...measures }
    const whose = {
      workspaceId: at.workspace.id,
      conversationId: at.conversation.id,
      uploader: uploaderOf(at),
    }
    await stores().attachments.add({ id, ...what, ...whose, ...more })
    return id
  }
  const shown = async (id: string): Promise<Attachment> => {
    const found = await stores().attachments.find(id)
    if (!found) throw new Error('It is not there')
    const { workspaceId: _, conversationId: __, messageId: ___, uploader: ____, ...attachment } = found
    return attachment
  }
  const send = async (ids: string[], more: Partial<MessageDraft> = {}, at = here()) => {
    const attachments = await Promise.all(ids.map(shown))
    return stores().journal.appendMessage(answered(at, { content: '', attachments, ...more }))
  }
  const keys = async (lastBefore = 0) =>
    (await stores().attachments.removals(lastBefore, 1_000)).map(({ key }) => key)
  return { uploaderOf, add, shown, send, keys }
}
