import { describe, expect, it } from 'vitest'
import { actsOn, type Place } from './held.testing.ts'
import { ids, type Opened, openChannel, openDraft, openWorkspace } from './stores.testing.ts'

/** What every journal promises about conversations of which all is held. */
export function describeHidden(opened: Opened) {
  const { journal, hold, say, settle } = actsOn(opened)

  describe('a conversation that is opened for what looks like spam', () => {
    const openHidden = async () => {
      const { stores } = opened()
      const workspace = await openWorkspace(stores)
      const channel = await openChannel(stores, workspace.id)
      const customer = { workspaceId: workspace.id, channelId: channel.id }
      const draft = { ...openDraft(customer), isHidden: true }
      const { conversation, event } = await journal().append(draft)
      return { place: { workspace, conversation }, event, draft }
    }
    const seen = async ({ workspace, conversation }: Place) => {
      const { conversations, customers } = opened().stores
      const here = [workspace.id]
      const NEWEST = { order: { by: 'updated_at' as const, isDescending: true } }
      const page = { offset: 0, limit: 10 }
      const { open, unread } = await conversations.counts(workspace.id)
      const [people, theirs] = [
        await customers.page(here, NEWEST, page),
        await customers.conversationsOf(here, [conversation.customerId], 10),
      ]
      return [
        (await conversations.list(workspace.id, { view: 'all', limit: 10 })).rows.length,
        (await conversations.page(here, NEWEST, page)).total,
        (await conversations.idsOf(here, 'support_active', 10)).length,
        (await conversations.options(here)).statuses.length,
        Number((await conversations.find(here, conversation.id)) !== null),
        open,
        unread,
        people.total,
        theirs.get(conversation.customerId)?.length,
        (await customers.batch(here, { filter: NEWEST, ids: null }, { after: 0, limit: 10 })).length,
      ]
    }
    const NOWHERE = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]

    it('is listed nowhere, and told by no event, while all of it is held', async () => {
      const { place, event, draft } = await openHidden()
      expect(event).toBeNull()
      await hold(place)
      expect(await seen(place)).toEqual(NOWHERE)
      const again = await journal().append({ ...draft, conversationId: ids.short(), isHidden: false })
      expect(again).toMatchObject({ event: null, conversation: { id: place.conversation.id } })
      expect(await seen(place)).toEqual(NOWHERE)
    })

    it.each(['a message that is not held', 'a release'])('is shown from %s on', async (by) => {
      const { place } = await openHidden()
      const { id } = await hold(place)
      if (by === 'a release') await settle(place, id)
      else await say(place)
      expect(await seen(place)).toEqual(NOWHERE.map(() => 1))
    })

    it('stays hidden where what it holds is deleted', async () => {
      const { place } = await openHidden()
      const { id } = await hold(place)
      await settle(place, id, 'discard')
      expect(await seen(place)).toEqual(NOWHERE)
    })
  })
}
