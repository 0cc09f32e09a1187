import { expect, it } from 'vitest'
import {
  answered,
  type OpenStores,
  openChannel,
  openConversation,
  openDraft,
  said,
  storesOf,
} from './stores.testing.ts'

/** What every store that knows visitors promises. */
export function describeVisitors(open: OpenStores) {
  const opened = storesOf(open)

  it('knows a visitor’s conversation, and how much of it they have not seen', async () => {
    const { visitors, journal } = opened().stores
    const place = await openConversation(opened().stores, 'website')
    await journal.appendMessage(said(place))
    await journal.appendMessage(answered(place))
    await journal.appendMessage(answered(place))
    const { conversation } = place
    expect(await visitors.find(place.customer)).toMatchObject({
      customerId: conversation.customerId,
      conversationId: conversation.id,
      name: 'Kim',
      lastSeq: 3,
      seenSeq: 0,
      unread: 2,
    })
  })

  it('does not count what is held', async () => {
    const { visitors, journal } = opened().stores
    const place = await openConversation(opened().stores, 'website')
    await journal.appendMessage(said(place, { hold: { score: 9, reasons: [] } }))
    expect(await visitors.find(place.customer)).toMatchObject({ unread: 0 })
  })

  it('finds nobody by the name of another channel or workspace', async () => {
    const { visitors } = opened().stores
    const { customer } = await openConversation(opened().stores, 'website')
    const other = await openConversation(opened().stores, 'website')
    expect(await visitors.find({ ...customer, channelId: other.channel.id })).toBeNull()
    expect(await visitors.find({ ...customer, workspaceId: other.workspace.id })).toBeNull()
    expect(await visitors.find({ ...customer, sourceId: 'user:1' })).toBeNull()
  })

  it('makes a browser’s conversation its person’s own once they are known, unless they have one', async () => {
    const { visitors } = opened().stores
    const { customer, conversation } = await openConversation(opened().stores, 'website')
    expect(await visitors.adopt(customer, 'user:4')).toBe(true)
    const theirs = { ...customer, sourceId: 'user:4' }
    expect(await visitors.find(theirs)).toMatchObject({ conversationId: conversation.id })
    expect(await visitors.find(customer)).toBeNull()
    await opened().stores.journal.append(openDraft({ ...customer, sourceId: 'visitor:2' }))
    expect(await visitors.adopt({ ...customer, sourceId: 'visitor:2' }, 'user:4')).toBe(false)
    expect(await visitors.find(theirs)).toMatchObject({ conversationId: conversation.id })
    expect(await visitors.adopt({ ...customer, sourceId: 'visitor:3' }, 'user:5')).toBe(false)
  })

  it('knows the origins of websites that are there, exactly', async () => {
    const { visitors, channels } = opened().stores
    const { workspace } = await openConversation(opened().stores)
    const origin = `https://shop${workspace.id}.example`
    const { id } = await openChannel(opened().stores, workspace.id, 'website')
    await channels.change([workspace.id], id, {
      settings: { allowedOrigins: [origin, 'http://localhost:1'] },
    })
    expect(await visitors.isAllowedSomewhere(origin)).toBe(true)
    for (const stranger of [`${origin}.evil`, `${origin}:8443`, origin.toUpperCase(), 'null', ''])
      expect(await visitors.isAllowedSomewhere(stranger)).toBe(false)
    await channels.remove([workspace.id], id)
    expect(await visitors.isAllowedSomewhere(origin)).toBe(false)
  })

  it('measures how long customers wait for people: from the first question to the first answer', async () => {
    const { visitors, journal } = opened().stores
    const place = await openConversation(opened().stores, 'website')
    expect(await visitors.replyTimes(place.channel.id, 0)).toEqual({ count: 0, medianSeconds: 0 })
    for (const draft of [
      said(place),
      said(place),
      answered(place),
      answered(place),
      said(place),
      answered(place),
    ])
      await journal.appendMessage(draft)
    const { count, medianSeconds } = await visitors.replyTimes(place.channel.id, 0)
    expect(count).toBe(2)
    expect(medianSeconds).toBeGreaterThanOrEqual(0)
    expect(medianSeconds).toBeLessThan(60)
    expect((await visitors.replyTimes(place.channel.id, Date.now() + 86_400_000)).count).toBe(0)
  })
}
