import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Settlement } from '../../core/ports/attachments.ts'
import { actsOn, DAY, type Place } from './attachments.testing.ts'
import { describeGone } from './attachments-gone.suite.ts'
import { type OpenStores, openConversation, said, storesOf, times } from './stores.testing.ts'

const READY: Settlement = {
  state: 'ready',
  kind: 'image',
  name: 'a.webp',
  mime: 'image/webp',
  size: 9,
  width: 2,
  height: 3,
  hasThumb: true,
  sha256: 'ab',
}

/** What every store of attachments promises. */
export function describeAttachments(open: OpenStores) {
  const opened = storesOf(open)
  const stores = () => opened().stores
  let place: Place
  beforeAll(async () => {
    place = await openConversation(stores())
  })

  const { uploaderOf, add, shown, send, keys } = actsOn(stores, () => place)
  describeGone(opened)

  describe('on its way', () => {
    it('is pending, and told of nobody else', async () => {
      const id = await add()
      const found = await stores().attachments.find(id)
      expect(found).toMatchObject({ id, state: 'pending', messageId: null, uploader: uploaderOf(place) })
      expect(await stores().attachments.list([place.workspace.id], [id, 'nowhere'])).toEqual([found])
      expect(await stores().attachments.list([place.workspace.id + 1_000], [id])).toEqual([])
      expect(await stores().attachments.find('nowhere')).toBeNull()
    })

    it('is settled once', async () => {
      const id = await add()
      const { workspace } = place
      expect(await stores().attachments.settle(id, READY)).toEqual({ workspaceId: workspace.id, event: null })
      expect(await stores().attachments.settle(id, { state: 'failed', reason: 'late' })).toBeNull()
      expect(await stores().attachments.find(id)).toMatchObject({
        state: 'ready',
        width: 2,
        hasThumb: true,
        size: 9,
      })
      expect(await stores().attachments.settle('nowhere', READY)).toBeNull()
    })

    it('needs a conversation of its workspace', async () => {
      const elsewhere = await openConversation(stores())
      for (const conversationId of ['nowhere', elsewhere.conversation.id])
        await expect(add({ conversationId })).rejects.toMatchObject({ code: 'not_found' })
    })

    it('is counted until it is sent, and taken back by whoever brought it alone', async () => {
      const own = await openConversation(stores())
      const [id, other] = [await add({}, own), await add({}, own)]
      const { attachments } = stores()
      const count = () => attachments.countUnsent(own.workspace.id, uploaderOf(own))
      expect(await count()).toBe(2)
      expect(await attachments.discard(own.workspace.id, 'user:999', id)).toBe(false)
      expect(await attachments.discard(own.workspace.id + 1, uploaderOf(own), id)).toBe(false)
      expect(await attachments.discard(own.workspace.id, uploaderOf(own), id)).toBe(true)
      await send([other], {}, own)
      expect(await count()).toBe(0)
      expect(await attachments.discard(own.workspace.id, uploaderOf(own), other)).toBe(false)
      expect(await keys()).toContain(id)
    })
  })

  describe('sent', () => {
    it('goes with its message, for a repeated client id once', async () => {
      const id = await add()
      await stores().attachments.settle(id, READY)
      const draft = { clientId: randomUUID() }
      const { message } = await send([id], draft)
      expect(message.attachments).toMatchObject([{ id, state: 'ready', mime: 'image/webp' }])
      expect((await stores().attachments.find(id))?.messageId).toBe(message.id)
      expect(await send([id], draft)).toMatchObject({ repeated: true, message: { id: message.id } })
      expect(await stores().messages.find([place.workspace.id], message.id)).toMatchObject({
        attachments: message.attachments,
      })
    })

    it('goes with one of twenty messages that want it at once; the others are refused and take no seq', async () => {
      const at = await openConversation(stores())
      const id = await add({}, at)
      const results = await Promise.allSettled(times(20, () => send([id], {}, at)))
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
      for (const reason of refused) expect(reason).toMatchObject({ code: 'conflict' })
      expect(await stores().messages.page(at.conversation.id, { limit: 50 })).toHaveLength(1)
    })

    it('goes with nobody else’s message, nor in another conversation, nor twice in one', async () => {
      const [mine, free] = [await add(), await add()]
      const elsewhere = await openConversation(stores())
      const wrong = [
        () => send([mine], { sender: 'user:999' }),
        () => send([mine], {}, elsewhere),
        () => send([free, free]),
      ]
      for (const one of wrong) await expect(one()).rejects.toMatchObject({ code: 'conflict' })
      expect(await send([mine, free])).toMatchObject({ repeated: false })
    })

    it('changes its message when it arrives, or when it cannot', async () => {
      const [first, second] = [await add(), await add()]
      const { message } = await send([first, second])
      const arrived = await stores().attachments.settle(second, READY)
      expect(arrived?.event).toMatchObject({
        type: 'message.changed',
        message: {
          id: message.id,
          attachments: [
            { id: first, state: 'pending' },
            { id: second, state: 'ready', size: 9 },
          ],
        },
      })
      const lost = await stores().attachments.settle(first, { state: 'failed', reason: 'gone' })
      expect(lost?.event).toMatchObject({
        message: {
          attachments: [
            { id: first, state: 'failed', reason: 'gone' },
            { id: second, state: 'ready' },
          ],
        },
      })
    })

    it('changes a held message too, and tells nobody', async () => {
      const id = await add({ uploader: 'customer:1' })
      const attachments = [await shown(id)]
      const hold = { score: 70, reasons: [] }
      const { message } = await stores().journal.appendMessage(said(place, { attachments, hold }))
      expect(await stores().attachments.settle(id, READY)).toMatchObject({ event: null })
      expect(await stores().messages.find([place.workspace.id], message.id)).toBeNull()
    })
  })

  describe('copied from its platform', () => {
    it('is claimed once it is a message’s, one lease at a time', async () => {
      const { attachments } = stores()
      while ((await attachments.claimCopies(100, DAY)).length > 0);
      const id = await add({ source: { file: 'f1' } })
      expect(await attachments.claimCopies(10, DAY)).toEqual([])
      await send([id])
      const claims = await Promise.all(times(5, () => attachments.claimCopies(10, DAY)))
      expect(claims.flat()).toMatchObject([
        {
          id,
          source: { file: 'f1' },
          attempt: 1,
          channelId: place.channel.id,
          workspaceId: place.workspace.id,
        },
      ])
      await attachments.postponeCopy(id, 0)
      expect(await attachments.claimCopies(10, 0)).toMatchObject([{ id, attempt: 2 }])
      await attachments.settle(id, { state: 'failed', reason: 'gone' })
      await attachments.postponeCopy(id, 0)
      expect(await attachments.claimCopies(10, 0)).toEqual([])
    })
  })
}
