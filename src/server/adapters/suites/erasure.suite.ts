import { expect, it } from 'vitest'
import type { Erased } from '../../core/ports/erasure.ts'
import {
  answered,
  claimLeftovers,
  claimOne,
  type OpenStores,
  openConversation,
  openDraft,
  outcomeOf,
  said,
  storesOf,
  times,
} from './stores.testing.ts'

const LATER = Date.now() + 86_400_000

/** What every store that erases promises. */
export function describeErasure(open: OpenStores) {
  const opened = storesOf(open)
  const openErasure = async (length = 3) => {
    const { stores } = opened()
    const place = await openConversation(stores)
    await Promise.all(times(length, () => stores.journal.appendMessage(said(place, { content: 'secret' }))))
    const customer: Erased = { workspaceId: place.workspace.id, customerId: place.conversation.customerId }
    const find = () => stores.customers.find([customer.workspaceId], customer.customerId)
    const thread = () => stores.messages.page(place.conversation.id, { limit: 100 })
    return { ...stores, stores, place, erased: customer, find, thread }
  }

  it('forgets who it was, and keeps that there was somebody', async () => {
    const { erasure, erased, find, place, conversations } = await openErasure()
    const event = await erasure.begin(erased, 'erased:1')
    const { id, workspaceId } = { id: place.conversation.id, workspaceId: erased.workspaceId }
    expect(event).toMatchObject({ type: 'customer.erased', conversationIds: [id] })
    const nobody = { firstName: null, lastName: null, username: null, email: null, tags: [], data: {} }
    const found = await find()
    expect(found).toMatchObject({ ...nobody, sourceId: 'erased:1', erasedAt: expect.any(String) })
    expect(event).toMatchObject({ customer: { id: erased.customerId, erasedAt: found?.erasedAt } })
    expect(await conversations.find([workspaceId], id)).toMatchObject({
      status: 'closed',
      unreadCount: 0,
      lastSeq: 3,
      rev: event?.seq,
      title: `telegram - Customer ${erased.customerId} | telegram`,
    })
  })

  it('empties messages in groups, and leaves their places and times', async () => {
    const { erasure, erased, place, thread } = await openErasure(5)
    const before = await thread()
    await erasure.begin(erased, 'erased:2')
    expect(await erasure.conversations(erased)).toEqual([{ id: place.conversation.id, length: 5 }])
    expect(await erasure.emptyMessages(place.conversation.id, 0, 2)).toBe(2)
    expect((await thread()).map(({ content }) => content)).toEqual(['', '', 'secret', 'secret', 'secret'])
    expect(await erasure.emptyMessages(place.conversation.id, 2, 10)).toBe(3)
    const after = await thread()
    const skeleton = (messages: typeof after) =>
      messages.map(({ id, seq, type, createdAt }) => ({ id, seq, type, createdAt }))
    expect(skeleton(after)).toEqual(skeleton(before))
    expect(after.every(({ content, deletedAt }) => content === '' && deletedAt !== null)).toBe(true)
  })

  it('fails what is queued, and takes no late answer of what is under way', async () => {
    const { erasure, erased, place, stores, journal, deliveries } = await openErasure()
    await claimLeftovers(stores)
    const { message } = await journal.appendMessage(answered(place))
    await journal.appendMessage(answered(place))
    const claimed = await claimOne(stores)
    await erasure.begin(erased, 'erased:3')
    const late = outcomeOf(claimed, { error: 'secret', result: { text: 'secret' }, providerId: 'secret' })
    expect((await journal.append(late)).event).toBeNull()
    expect(await deliveries.claim(10, 60_000)).toEqual([])
    expect(await deliveries.history(message.id)).toMatchObject([
      { state: 'failed', error: 'The customer was erased', attempts: [{ outcome: 'failed' }] },
    ])
  })

  it('lets nobody write there again', async () => {
    const { erasure, erased, place, journal } = await openErasure()
    await erasure.begin(erased, 'erased:4')
    const { workspaceId, customerId } = erased
    const at = { workspaceIds: [workspaceId], conversationId: place.conversation.id }
    const refused = { code: 'conflict' }
    await expect(journal.appendMessage(answered(place))).rejects.toMatchObject(refused)
    const status = { ...at, userId: place.workspace.author.userId, status: 'support_active' as const }
    await expect(journal.append({ kind: 'status', ...status })).rejects.toMatchObject(refused)
    const customer = { workspaceIds: [workspaceId], customerId, fields: { first_name: 'Kim' }, tagIds: null }
    await expect(journal.amend({ kind: 'customer', ...customer })).rejects.toMatchObject(refused)
  })

  it('meets the same person as somebody new', async () => {
    const { erasure, erased, place, journal, find } = await openErasure()
    await erasure.begin(erased, 'erased:5')
    await erasure.end(erased)
    const opened = await journal.append(openDraft(place.customer))
    expect(opened.conversation.id).not.toBe(place.conversation.id)
    expect(opened.customerId).not.toBe(erased.customerId)
    await journal.appendMessage(said({ ...place, conversation: opened.conversation }))
    expect((await find())?.firstName).toBeNull()
  })

  it('knows what was begun and not ended', async () => {
    const { erasure, erased } = await openErasure()
    const isUnfinished = async () =>
      (await erasure.unfinished(LATER, 1_000)).some(({ customerId }) => customerId === erased.customerId)
    expect(await isUnfinished()).toBe(false)
    await erasure.begin(erased, 'erased:6')
    expect(await isUnfinished()).toBe(true)
    expect(await erasure.unfinished(0, 1_000)).toEqual([])
    expect(await erasure.begin(erased, 'erased:6')).toMatchObject({ type: 'customer.erased' })
    expect(await erasure.end(erased)).toMatchObject({ type: 'customer.erased' })
    expect(await isUnfinished()).toBe(false)
  })

  it('knows nothing of another workspace’s customer, nor ends what was not begun', async () => {
    const { erasure, erased, find } = await openErasure()
    const elsewhere = { ...erased, workspaceId: erased.workspaceId + 1_000_000 }
    expect(await erasure.begin(elsewhere, 'erased:7')).toBeNull()
    expect(await erasure.end(erased)).toBeNull()
    expect((await find())?.firstName).toBe('Kim')
  })
}
