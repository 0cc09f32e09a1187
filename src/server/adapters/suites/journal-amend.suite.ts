import { describe, expect, it } from 'vitest'
import { answered, type Opened, openConversation, openDraft, said } from './stores.testing.ts'

type Place = Awaited<ReturnType<typeof openConversation>>

/** What every journal promises about feedback, customers and deletion. */
export function describeAmendments(opened: Opened) {
  const amend = (draft: Parameters<ReturnType<Opened>['stores']['journal']['amend']>[0]) =>
    opened().stores.journal.amend(draft)
  const open = () => openConversation(opened().stores)
  const at = ({ workspace, conversation }: Place) => ({
    workspaceIds: [workspace.id],
    conversationId: conversation.id,
  })
  const of = ({ workspace, conversation }: Place) => ({
    workspaceIds: [workspace.id],
    customerId: conversation.customerId,
  })
  const notFound = { code: 'not_found' }

  it("keeps feedback on a bot's answer, and on nothing else", async () => {
    const place = await open()
    const { journal, messages } = opened().stores
    const { message } = await journal.appendMessage(said(place, { type: 'AI', sender: 'ai' }))
    const { message: human } = await journal.appendMessage(answered(place))
    const rating = { kind: 'feedback' as const, ...at(place), feedback: 'negative' as const, comment: 'no' }
    const { event, workspaceId } = await amend({ ...rating, messageId: message.id })
    const rated = { id: message.id, feedback: 'negative', feedbackComment: 'no' }
    expect(workspaceId).toBe(place.workspace.id)
    expect(event).toMatchObject({
      type: 'message.rated',
      conversationId: place.conversation.id,
      message: rated,
    })
    expect(await messages.find([place.workspace.id], message.id)).toMatchObject(rated)
    await expect(amend({ ...rating, messageId: human.id })).rejects.toMatchObject(notFound)
    const foreign = { ...rating, messageId: message.id, workspaceIds: [place.workspace.id + 1] }
    await expect(amend(foreign)).rejects.toMatchObject(notFound)
  })

  it('changes what is named of a customer, and leaves the rest', async () => {
    const place = await open()
    const fields = { first_name: null, email: 'kim@example.com', data: { plan: 'gold' } }
    const { event } = await amend({ kind: 'customer', ...of(place), fields, tagIds: null })
    const changed = { id: place.conversation.customerId, firstName: null, email: 'kim@example.com' }
    expect(event).toMatchObject({
      type: 'customer.changed',
      customer: { ...changed, tags: [{ name: 'Telegram' }] },
    })
    const untagged = await amend({ kind: 'customer', ...of(place), fields: {}, tagIds: [] })
    expect(untagged.event).toMatchObject({ customer: { ...changed, tags: [] } })
  })

  it("gives a customer tags of the workspace, and none of another's", async () => {
    const [place, foreign] = [await open(), await open()]
    const { conversations } = opened().stores
    const tagOf = async ({ workspace, conversation }: Place) =>
      (await conversations.find([workspace.id], conversation.id))?.customer.tags[0]?.id ?? 0
    const tagIds = [await tagOf(place), await tagOf(foreign)]
    const { event } = await amend({ kind: 'customer', ...of(place), fields: {}, tagIds })
    expect(event).toMatchObject({ customer: { tags: [{ id: tagIds[0] }] } })
    const tags = event?.type === 'customer.changed' ? event.customer.tags : []
    expect(tags).toHaveLength(1)
  })

  it('deletes a conversation with its messages; what the log said of it is passed over', async () => {
    const place = await open()
    const { journal, conversations, messages } = opened().stores
    const { message } = await journal.appendMessage(answered(place))
    const { event } = await amend({ kind: 'delete', ...at(place) })
    const gone = { conversationId: place.conversation.id, customerId: place.conversation.customerId }
    expect(event).toMatchObject({ type: 'conversation.deleted', seq: 3, ...gone })
    expect(await conversations.find([place.workspace.id], place.conversation.id)).toBeNull()
    expect(await messages.find([place.workspace.id], message.id)).toBeNull()
    expect((await journal.read(place.workspace.id, 0, 10)).events).toEqual([event])
    await expect(amend({ kind: 'delete', ...at(place) })).rejects.toMatchObject(notFound)
    await expect(journal.appendMessage(said(place))).rejects.toMatchObject(notFound)
    const again = await journal.append(openDraft(place.customer))
    expect(again).toMatchObject({ customerId: place.conversation.customerId, event: { seq: 4 } })
  })

  it('deletes a customer with their conversations', async () => {
    const place = await open()
    const { event } = await amend({ kind: 'delete_customer', ...of(place) })
    const { customerId, id } = place.conversation
    expect(event).toMatchObject({ type: 'customer.deleted', customerId, conversationIds: [id] })
    expect(await opened().stores.conversations.find([place.workspace.id], id)).toBeNull()
    await expect(amend({ kind: 'delete_customer', ...of(place) })).rejects.toMatchObject(notFound)
  })

  it('refuses to change or delete what is of another workspace', async () => {
    const [mine, theirs] = [await open(), await open()]
    const { workspaceIds } = at(mine)
    await expect(amend({ kind: 'delete', ...at(theirs), workspaceIds })).rejects.toMatchObject(notFound)
    const refused = { message: 'Customer not found', ...notFound }
    const foreign = { ...of(theirs), workspaceIds }
    await expect(amend({ kind: 'delete_customer', ...foreign })).rejects.toMatchObject(refused)
    await expect(amend({ kind: 'customer', ...foreign, fields: {}, tagIds: [] })).rejects.toMatchObject(
      refused,
    )
    expect((await opened().stores.journal.position(theirs.workspace.id)).head).toBe(1)
  })

  describe('an amendment among others', () => {
    it('leaves the log without gaps', async () => {
      const [place, other] = [await open(), await open()]
      const { journal } = opened().stores
      const results = await Promise.allSettled([
        journal.appendMessage(said(place)),
        amend({ kind: 'customer', ...of(place), fields: { email: null }, tagIds: null }),
        amend({ kind: 'delete', ...at(other), workspaceIds: [place.workspace.id] }),
        journal.appendMessage(said(place)),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
      const { events, head } = await journal.read(place.workspace.id, 0, 10)
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
      expect(head).toBe(4)
    })
  })
}
