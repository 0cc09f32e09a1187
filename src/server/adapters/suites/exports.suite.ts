import { expect, it } from 'vitest'
import { ExportedConversation, ExportedMessage } from '../../contract/export.ts'
import {
  answered,
  claimLeftovers,
  claimOne,
  type OpenStores,
  openConversation,
  outcomeOf,
  said,
  storesOf,
} from './stores.testing.ts'

/** What every store that gives a customer's data out promises. */
export function describeExports(open: OpenStores) {
  const opened = storesOf(open)

  it('tells of a conversation with its channel and who has read it how far', async () => {
    const { stores } = opened()
    const place = await openConversation(stores)
    const { customerId, id: conversationId } = place.conversation
    await stores.journal.appendMessage(said(place))
    const { author, id } = place.workspace
    const reading = { workspaceIds: [id], conversationId, userId: author.userId, upTo: 1, always: false }
    await stores.journal.append({ kind: 'read', ...reading })
    const [conversation, ...more] = await stores.exports.conversations(customerId, '', 10)
    expect(more).toEqual([])
    expect(ExportedConversation.parse(conversation)).toMatchObject({
      id: conversationId,
      channel: { id: place.channel.id, name: 'Shop' },
      lastSeq: 1,
      reads: [{ name: author.name, upTo: 1 }],
    })
    expect(await stores.exports.conversations(customerId, conversationId, 10)).toEqual([])
    expect(await stores.exports.conversations(customerId + 1_000_000, '', 10)).toEqual([])
  })

  it('tells of messages by seq with every try at delivering them', async () => {
    const { stores } = opened()
    await claimLeftovers(stores)
    const place = await openConversation(stores)
    await stores.journal.appendMessage(said(place, { content: 'one' }))
    await stores.journal.appendMessage(answered(place, { content: 'two' }))
    const claimed = await claimOne(stores)
    await stores.journal.append(outcomeOf(claimed, { providerId: '7:1' }))
    const messages = await stores.exports.messages(place.conversation.id, 0, 10)
    for (const message of messages) ExportedMessage.parse(message)
    expect(messages).toMatchObject([
      { seq: 1, content: 'one', author: null, held: false, deliveries: [] },
      {
        seq: 2,
        content: 'two',
        author: place.workspace.author.name,
        providerId: '7:1',
        deliveries: [{ state: 'sent', attempts: [{ number: 1, outcome: 'sent' }] }],
      },
    ])
    expect(await stores.exports.messages(place.conversation.id, 0, 1)).toMatchObject([{ seq: 1 }])
    expect(await stores.exports.messages(place.conversation.id, 1, 5)).toMatchObject([{ seq: 2 }])
  })
}
