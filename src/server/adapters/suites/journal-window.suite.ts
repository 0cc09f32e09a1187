import { describe, expect, it } from 'vitest'
import type { MessageDraft } from '../../core/ports/journal.ts'
import {
  answered,
  claimLeftovers,
  claimOne,
  type Opened,
  openConversation,
  outcomeOf,
  said,
} from './stores.testing.ts'

const HOUR = 3_600_000
type Place = Awaited<ReturnType<typeof openConversation>>

/** What every journal promises of platforms that let nobody be written to for ever. */
export function describeWindow(opened: Opened) {
  const open = () => openConversation(opened().stores, 'instagram')
  const say = async (place: Place, more: Partial<MessageDraft> = {}) =>
    (await opened().stores.journal.appendMessage(said(place, more))).message
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

  describe('the last word of a customer', () => {
    it('counts from when it was said, not from when it came, in whatever order they came', async () => {
      const { stores } = opened()
      await claimLeftovers(stores)
      const place = await open()
      const last = () => stores.messages.lastCustomerAt(place.conversation.id)
      const [older, old] = [ago(5 * HOUR), ago(3 * HOUR)]
      await say(place, { extras: { saidAt: old } })
      expect(await last()).toBe(old)
      await say(place, { extras: { saidAt: older } })
      expect(await last()).toBe(old)
      await stores.journal.appendMessage(answered(place))
      expect(await claimOne(stores)).toMatchObject({ lastCustomerAt: old })
      const { createdAt } = await say(place)
      expect(await last()).toBe(createdAt)
    })
  })

  describe('the tag for people', () => {
    const answer = async (more: Partial<MessageDraft> = {}) => {
      const { stores } = opened()
      await claimLeftovers(stores)
      const place = await open()
      await say(place)
      const { message } = await stores.journal.appendMessage(answered(place, more))
      const end = async (isHumanAgent?: boolean) =>
        stores.journal.append(outcomeOf(await claimOne(stores), { isHumanAgent }))
      const extras = async () => (await stores.messages.find([place.workspace.id], message.id))?.extras
      const told = async () => {
        const { events } = await stores.journal.read(place.workspace.id, 0, 100)
        return events.flatMap((event) => (event.type === 'message.changed' ? [event.message.id] : []))
      }
      return { place, message, end, extras, told }
    }

    it('is shown on what went under it, however it was written, and told', async () => {
      const { message, end, extras, told } = await answer({ extras: { album: 'a' } })
      expect((await end(true)).event).toMatchObject({ type: 'delivery.attempted' })
      expect(await extras()).toEqual({ album: 'a', isHumanAgent: true })
      expect(await told()).toEqual([message.id])
    })

    it('is taken from what went without it after all, and stays where nothing is said of it', async () => {
      const plain = await answer({ extras: { isHumanAgent: true } })
      await plain.end(false)
      expect(await plain.extras()).toBeUndefined()
      const other = await answer({ extras: { isHumanAgent: true } })
      await other.end()
      expect(await other.extras()).toEqual({ isHumanAgent: true })
      expect(await other.told()).toEqual([])
    })

    it('is put on nothing that was taken back meanwhile', async () => {
      const { stores } = opened()
      const { place, message, extras } = await answer()
      const claimed = await claimOne(stores)
      const { workspace, conversation } = place
      const change = { kind: 'unsend' as const, deliver: false, messageId: message.id }
      await stores.journal.append({
        ...change,
        workspaceIds: [workspace.id],
        conversationId: conversation.id,
      })
      await stores.journal.append(outcomeOf(claimed, { isHumanAgent: true }))
      expect(await extras()).toBeUndefined()
    })
  })
}
