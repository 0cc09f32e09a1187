import { describe, expect, it } from 'vitest'
import { type Opened, openConversation, said, times } from './stores.testing.ts'

/** What every journal promises to those who read its log. */
export function describeLog(opened: Opened) {
  describe('the log', () => {
    it('is read in pages after a place, with its epoch and head', async () => {
      const { journal } = opened().stores
      const place = await openConversation(opened().stores)
      await Promise.all(times(6, () => journal.appendMessage(said(place))))
      const { id, epoch } = place.workspace
      const page = await journal.read(id, 2, 3)
      expect(page).toMatchObject({ epoch, head: 7, floor: 0 })
      expect(page.events.map(({ seq }) => seq)).toEqual([3, 4, 5])
      expect((await journal.read(id, 5, 3)).events.map(({ seq }) => seq)).toEqual([6, 7])
      expect((await journal.read(id, 7, 3)).events).toEqual([])
      expect(await journal.position(id)).toEqual({ epoch, head: 7 })
    })

    it('tells its floor where events are gone', async () => {
      const { stores, forget } = opened()
      const place = await openConversation(stores)
      await Promise.all(times(4, () => stores.journal.appendMessage(said(place))))
      await forget(place.workspace.id, 3)
      const page = await stores.journal.read(place.workspace.id, 3, 10)
      expect(page).toMatchObject({ floor: 3, head: 5 })
      expect(page.events.map(({ seq }) => seq)).toEqual([4, 5])
    })

    it('of one workspace holds nothing of another', async () => {
      const { journal } = opened().stores
      const [one, two] = [await openConversation(opened().stores), await openConversation(opened().stores)]
      await journal.appendMessage(said(one))
      const heads = await journal.heads([one.workspace.id, two.workspace.id, 999_999_999])
      expect(heads).toEqual(
        new Map([
          [one.workspace.id, 2],
          [two.workspace.id, 1],
        ]),
      )
      const { events } = await journal.read(two.workspace.id, 0, 10)
      expect(events).toMatchObject([
        { type: 'conversation.opened', conversation: { id: two.conversation.id } },
      ])
      await expect(journal.position(999_999_999)).rejects.toMatchObject({ code: 'not_found' })
    })
  })
}
