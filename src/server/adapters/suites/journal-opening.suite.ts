import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type Opened,
  openChannel,
  openConversation,
  openDraft,
  openWorkspace,
  times,
} from './stores.testing.ts'

/** What every journal promises about opening conversations. */
export function describeOpening(opened: Opened) {
  describe('opening a conversation', () => {
    it('is once per customer and channel, also where ten open it at once', async () => {
      const { stores, elsewhere } = opened()
      const workspace = await openWorkspace(stores)
      const channel = await openChannel(stores, workspace.id)
      const customer = { workspaceId: workspace.id, channelId: channel.id, sourceId: '5' }
      const nodes = [stores.journal, elsewhere.journal]
      const results = await Promise.all(times(10, (index) => nodes[index % 2]?.append(openDraft(customer))))
      expect(new Set(results.map((one) => one?.conversation.id)).size).toBe(1)
      expect(results.filter((one) => one?.event)).toHaveLength(1)
      const other = await stores.journal.append(openDraft({ ...customer, sourceId: '6' }))
      expect(other).toMatchObject({
        event: { type: 'conversation.opened', seq: 2 },
        workspaceId: workspace.id,
      })
      expect(other.conversation).toMatchObject({
        customerId: other.customerId,
        channelId: channel.id,
        rev: 2,
      })
    })

    it('goes on with the closed one rather than beginning another', async () => {
      const { journal } = opened().stores
      const { workspace, conversation, customer } = await openConversation(opened().stores)
      const about = {
        workspaceIds: [workspace.id],
        conversationId: conversation.id,
        userId: workspace.user.id,
      }
      await journal.append({ kind: 'status', ...about, status: 'closed' })
      const again = await journal.append(openDraft(customer))
      expect(again).toMatchObject({ event: null, conversation: { id: conversation.id, status: 'closed' } })
    })

    it('names it after the customer, and keeps names that are known', async () => {
      const { stores } = opened()
      const workspace = await openWorkspace(stores)
      const { id: channelId } = await openChannel(stores, workspace.id)
      const customer = { workspaceId: workspace.id, channelId, sourceId: randomUUID() }
      const { conversation } = await stores.journal.append(
        openDraft({ ...customer, firstName: 'Kim', lastName: null, username: 'kim_k' }),
      )
      expect(conversation.title).toBe('telegram - Kim (@kim_k) | telegram')
      await stores.journal.append(openDraft({ ...customer, firstName: 'Someone', lastName: 'Lee' }))
      const found = await stores.conversations.find([workspace.id], conversation.id)
      expect(found?.customer).toMatchObject({ firstName: 'Kim', lastName: 'Lee', username: 'kim_k' })
      expect(found?.customer.tags).toMatchObject([{ name: 'Telegram' }])
      const nameless = { firstName: null, lastName: null, username: null, sourceId: randomUUID() }
      const { conversation: other, customerId } = await stores.journal.append(
        openDraft({ ...customer, ...nameless }),
      )
      expect(other.title).toBe(`telegram - Customer ${customerId} | telegram`)
      const long = { ...customer, sourceId: randomUUID(), firstName: '🙂'.repeat(200) }
      const { conversation: cut } = await stores.journal.append(openDraft(long))
      expect([...cut.title]).toHaveLength(100)
    })

    it('is for the bot where it answers, else for people', async () => {
      const { stores, setBot } = opened()
      const { workspace, channel, conversation } = await openConversation(stores)
      expect(conversation.status).toBe('support_active')
      await setBot(workspace.id, true)
      const customer = { workspaceId: workspace.id, channelId: channel.id }
      expect((await stores.journal.append(openDraft(customer))).conversation.status).toBe('active')
    })
  })
}
