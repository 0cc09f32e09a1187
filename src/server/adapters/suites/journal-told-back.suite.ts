import { beforeEach, describe, expect, it } from 'vitest'
import type { EchoDraft } from '../../core/ports/journal.ts'
import { actsOn, edited, type Place, reacted, unsent } from './message-changes.testing.ts'
import { claimLeftovers, claimOne, ids, type Opened, openConversation, outcomeOf } from './stores.testing.ts'

/** What every journal promises about what platforms are told of a message, and tell back. */
export function describeToldBack(opened: Opened) {
  const { journal, say, answer, change, find, open, messageOf, historyOf } = actsOn(opened)

  describe('the platform', () => {
    beforeEach(() => claimLeftovers(opened().stores))

    const sendAway = async () => {
      const place = await open()
      const id = await answer(place, { content: 'hi' })
      const claimed = await claimOne(opened().stores)
      return { place, id, claimed }
    }

    it('is told of our edits, deletions and reactions in the contact’s lane', async () => {
      const { place, id, claimed } = await sendAway()
      await journal().append(outcomeOf(claimed, { providerId: '1:2' }))
      const theirs = await say(place, { providerId: '1:3' })
      await change(place, id, edited('hi!', null, true))
      await change(place, theirs, { ...reacted(['👍'], null, 'agent'), deliver: true })
      await change(place, id, unsent(true))
      expect((await historyOf(id)).map(({ op, state }) => [op, state])).toEqual([
        ['send', 'sent'],
        ['edit', 'cancelled'],
        ['delete', 'queued'],
      ])
      expect(await historyOf(theirs)).toMatchObject([{ op: 'react', state: 'queued' }])
      expect((await find(place, id))?.delivery).toMatchObject({ state: 'sent' })
    })

    it('is handed nothing of what was taken back before', async () => {
      const place = await open()
      const id = await answer(place)
      const { event } = await change(place, id, unsent(true))
      expect(messageOf(event)?.delivery).toMatchObject({ state: 'cancelled', error: null })
      expect(await historyOf(id)).toHaveLength(1)
      expect(await opened().stores.deliveries.claim(10, 1)).toEqual([])
    })

    it('is told nothing of what it never got, or where nobody is to be told', async () => {
      const { place, id, claimed } = await sendAway()
      await journal().append(outcomeOf(claimed, { outcome: 'failed', error: 'blocked' }))
      await change(place, id, edited('hi!', null, true))
      expect(await historyOf(id)).toHaveLength(1)
      const website = await openConversation(opened().stores, 'website')
      const shown = await answer(website)
      await change(website, shown, edited('hi!', null, true))
      expect(await historyOf(shown)).toEqual([])
    })
  })

  describe('an echo', () => {
    beforeEach(() => claimLeftovers(opened().stores))

    const hear = ({ workspace, conversation }: Place, more: Partial<EchoDraft> = {}) =>
      journal().append({
        kind: 'echo',
        workspaceIds: [workspace.id],
        conversationId: conversation.id,
        providerId: ids.short(),
        content: 'hi',
        hasFile: false,
        ...more,
      })
    const sendAway = async () => {
      const place = await open()
      const id = await answer(place, { content: 'hi ' })
      return { place, id, claimed: await claimOne(opened().stores) }
    }

    it('ends the delivery that waits for its answer; the answer then changes nothing', async () => {
      const { place, id, claimed } = await sendAway()
      const providerId = ids.short()
      const { event } = await hear(place, { providerId })
      const told = { state: 'sent', attempts: 1, messageId: providerId }
      expect(event).toMatchObject({ type: 'delivery.attempted', messageId: id, delivery: told })
      expect((await journal().append(outcomeOf(claimed, { providerId }))).event).toBeNull()
      expect((await journal().append(outcomeOf(claimed, { providerId: 'other' }))).event).toBeNull()
      const found = await opened().stores.messages.findByProviderId(place.channel.id, providerId)
      expect(found).toMatchObject({ message: { id, delivery: { state: 'sent' } }, isHeld: false })
      expect((await hear(place, { providerId })).event).toBeNull()
      expect(await historyOf(id)).toMatchObject([{ state: 'sent', attempts: [{ outcome: 'sent' }] }])
    })

    it('ends one whose answer never came, or that waits to be repeated', async () => {
      for (const outcome of ['unconfirmed', 'retry'] as const) {
        const { place, id, claimed } = await sendAway()
        await journal().append(outcomeOf(claimed, { outcome, error: 'gone', delayMs: 3_600_000 }))
        expect((await hear(place)).event).toMatchObject({ messageId: id, delivery: { state: 'sent' } })
      }
    })

    it('ends nothing of another text, of another kind, of what was not begun, or of somebody else', async () => {
      const { place } = await sendAway()
      expect((await hear(place, { content: 'ho' })).event).toBeNull()
      expect((await hear(place, { hasFile: true })).event).toBeNull()
      const other = await open()
      await answer(other, { content: 'hi' })
      expect((await hear(other)).event).toBeNull()
      const foreign = hear(place, { workspaceIds: [other.workspace.id] })
      await expect(foreign).rejects.toMatchObject({ code: 'not_found' })
    })

    it('of one text ends one of two deliveries', async () => {
      const { place, id } = await sendAway()
      await answer(place, { content: 'hi' })
      expect((await hear(place)).event).toMatchObject({ messageId: id })
      expect((await hear(place)).event).toBeNull()
    })
  })
}
