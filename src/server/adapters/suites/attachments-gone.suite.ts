import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { actsOn, DAY, type Place } from './attachments.testing.ts'
import { type Opened, openConversation, said } from './stores.testing.ts'

/** What every store of attachments promises about those that go. */
export function describeGone(opened: Opened) {
  const stores = () => opened().stores
  let place: Place
  beforeAll(async () => {
    place = await openConversation(stores())
  })
  const { uploaderOf, add, shown, send, keys } = actsOn(stores, () => place)

  describe('gone', () => {
    it('leaves its file to be removed at once, and once more when nobody can be writing it', async () => {
      const id = await add()
      await stores().attachments.discard(place.workspace.id, uploaderOf(place), id)
      const find = async (before: number) =>
        (await stores().attachments.removals(before, 1_000)).find(({ key }) => key === id)
      const first = await find(0)
      expect(first).toMatchObject({ key: id, isLast: false })
      if (first) await stores().attachments.endRemoval(first)
      expect(await find(0)).toBeUndefined()
      const last = await find(Date.now() + DAY)
      expect(last).toMatchObject({ isLast: true })
      if (last) await stores().attachments.endRemoval(last)
      expect(await find(Date.now() + DAY)).toBeUndefined()
    })

    it('when it was never sent; what was sent stays', async () => {
      const [sent, unsent] = [await add(), await add()]
      await send([sent])
      expect(await stores().attachments.expireUnsent(Date.now() - DAY, 100)).toBe(0)
      while ((await stores().attachments.expireUnsent(Date.now() + DAY, 1)) > 0);
      expect(await stores().attachments.find(unsent)).toBeNull()
      expect(await stores().attachments.find(sent)).not.toBeNull()
      expect(await keys()).toContain(unsent)
    })

    it('with its conversation, sent or not', async () => {
      const at = await openConversation(stores())
      const ids = [await add({}, at), await add({}, at)]
      await send(ids.slice(0, 1), {}, at)
      const { workspace, conversation } = at
      await stores().journal.amend({
        kind: 'delete',
        workspaceIds: [workspace.id],
        conversationId: conversation.id,
      })
      for (const id of ids) expect(await stores().attachments.find(id)).toBeNull()
      expect(await keys()).toEqual(expect.arrayContaining(ids))
    })

    it('with its customer’s erasure, after which nothing new comes', async () => {
      const at = await openConversation(stores())
      const ids = [await add({}, at), await add({}, at)]
      await send(ids.slice(0, 1), {}, at)
      const customer = { workspaceId: at.workspace.id, customerId: at.conversation.customerId }
      await stores().erasure.begin(customer, `erased:${randomUUID()}`)
      for (const id of ids) expect(await stores().attachments.find(id)).toBeNull()
      expect(await keys()).toEqual(expect.arrayContaining(ids))
      await expect(add({}, at)).rejects.toMatchObject({ code: 'conflict' })
    })

    it('with what is deleted as spam', async () => {
      const id = await add({ uploader: 'customer:1' })
      const attachments = [await shown(id)]
      const { message } = await stores().journal.appendMessage(
        said(place, { attachments, hold: { score: 70, reasons: [] } }),
      )
      const { workspace, conversation } = place
      const whose = {
        workspaceIds: [workspace.id],
        conversationId: conversation.id,
        userId: workspace.author.userId,
      }
      await stores().journal.append({ kind: 'discard', ...whose, messageId: message.id })
      expect(await stores().attachments.find(id)).toBeNull()
      expect(await keys()).toContain(id)
    })
  })
}
