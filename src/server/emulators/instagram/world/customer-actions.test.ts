import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import type { NewMessage } from '../control-types.ts'
import { type Item, itemsOf, refOf, startHeard } from '../emulator.testing.ts'

type Heard = Awaited<ReturnType<typeof startHeard>>

/** The item that the callback was told of last. */
async function lastItem(cast: Heard, count = 1): Promise<Item> {
  await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
  const items = itemsOf(cast.receiver)
  expect(items).toHaveLength(count)
  return items.at(-1) ?? {}
}

describe('what a customer sends', () => {
  it('comes from their id to the account’s, with its time in milliseconds', async () => {
    await using cast = await startHeard({ frozenAtMs: 1_700_000_000_123 })
    const { message } = cast.write(cast.kim, 'hello')
    expect(await lastItem(cast)).toEqual({
      sender: { id: cast.kim.igsid },
      recipient: { id: cast.shop.id },
      timestamp: 1_700_000_000_123,
      message: { mid: message.mid, text: 'hello' },
    })
    expect(cast.receiver.deliveries[0]?.body.entry[0]).toMatchObject({
      id: cast.shop.id,
      time: 1_700_000_000_123,
    })
  })

  it.each([
    ['image', 'image/jpeg'],
    ['video', 'video/webm'],
    ['audio', 'audio/wav'],
    ['file', 'application/pdf'],
    ['share', 'image/jpeg'],
    ['story_mention', 'image/jpeg'],
    ['ig_reel', 'video/webm'],
    ['reel', 'video/webm'],
    ['ig_post', 'image/jpeg'],
    ['hologram', 'image/jpeg'],
  ])('can be of type %s, with a link to %s', async (type, mime) => {
    await using cast = await startHeard()
    cast.write(cast.kim, { attachments: [{ type }] })
    const { message } = await lastItem(cast)
    expect(message).toMatchObject({ attachments: [{ type, payload: { url: expect.any(String) } }] })
    expect(message).not.toHaveProperty('text')
    const [attachment] = (message?.attachments ?? []) as Array<{ payload: { url: string } }>
    const file = await fetch(attachment?.payload.url ?? '')
    expect([file.status, file.headers.get('content-type')]).toEqual([200, mime])
  })

  it('can be a file that was uploaded before, with a title', async () => {
    await using cast = await startHeard()
    const bytes = Buffer.from('really a picture')
    const { mediaId, size } = cast.emulator.storeMedia({ bytes, mime: 'image/png' })
    expect(size).toBe(bytes.length)
    const attachments = [{ type: 'ig_reel', mediaId, title: 'Shoes', reelVideoId: '99' }]
    const { message } = cast.write(cast.kim, { text: 'these?', attachments })
    expect(message.attachments).toMatchObject([{ mediaId, title: 'Shoes' }])
    const told = await lastItem(cast)
    expect(told.message).toMatchObject({
      text: 'these?',
      attachments: [{ type: 'ig_reel', payload: { title: 'Shoes', reel_video_id: '99' } }],
    })
    expect(await (await fetch(message.attachments[0]?.url ?? '')).text()).toBe('really a picture')
    expect(() => cast.write(cast.kim, { attachments: [{ type: 'image', mediaId: 'none' }] })).toThrow(/media/)
  })

  it('can be an attachment without anything in it, and one of somebody else’s', async () => {
    await using cast = await startHeard()
    const attachments = [{ type: 'ephemeral' }, { type: 'share', url: 'https://example.com/post' }]
    cast.write(cast.kim, { attachments })
    expect((await lastItem(cast)).message?.attachments).toEqual([
      { type: 'ephemeral' },
      { type: 'share', payload: { url: 'https://example.com/post' } },
    ])
  })

  it('can answer a message, a story or a quick reply', async () => {
    await using cast = await startHeard()
    const { message } = cast.write(cast.kim, 'first')
    cast.write(cast.kim, { text: 'second', replyToMid: message.mid })
    expect((await lastItem(cast, 2)).message?.reply_to).toEqual({ mid: message.mid })
    cast.write(cast.kim, { text: 'lovely', storyId: '17' })
    const { reply_to } = (await lastItem(cast, 3)).message ?? {}
    expect(reply_to).toEqual({ story: { id: '17', url: expect.stringContaining('/cdn/') } })
    cast.write(cast.kim, { text: 'Red', quickReplyPayload: 'COLOUR_RED' })
    expect((await lastItem(cast, 4)).message?.quick_reply).toEqual({ payload: 'COLOUR_RED' })
    cast.write(cast.kim, { text: 'from an ad', referral: { ref: 'x', source: 'ADS', type: 'OPEN_THREAD' } })
    expect((await lastItem(cast, 5)).message?.referral).toMatchObject({ source: 'ADS' })
  })

  it('can be what the API does not support', async () => {
    await using cast = await startHeard()
    const { message } = cast.write(cast.kim, { unsupported: true })
    expect((await lastItem(cast)).message).toEqual({ mid: message.mid, is_unsupported: true })
  })

  it.each<[string, Partial<NewMessage>, RegExp]>([
    ['nothing', {}, /something/],
    ['an answer to nothing', { text: 'x', replyToMid: 'none' }, /not found/],
    ['too many attachments', { attachments: Array(11).fill({ type: 'image' }) }, /at most/],
  ])('cannot be %s', async (_, said, reason) => {
    await using cast = await startHeard()
    expect(() => cast.write(cast.kim, said)).toThrow(reason)
    expect(cast.emulator.listMessages(refOf(cast.kim))).toEqual([])
  })

  it('does not come from whoever has blocked the account', async () => {
    await using cast = await startHeard()
    const { message } = cast.write(cast.kim, 'hello')
    cast.emulator.setThread({ ...refOf(cast.kim), blocked: true })
    const where = { ...refOf(cast.kim), mid: message.mid }
    expect(() => cast.write(cast.kim, 'x')).toThrow(/blocked/)
    expect(() => cast.emulator.edit({ ...where, text: 'x' })).toThrow(/blocked/)
    expect(() => cast.emulator.react({ ...where, emoji: '❤️' })).toThrow(/blocked/)
  })
})

describe('what a customer does with a message', () => {
  it('is an edit, counted as a number or as a text', async () => {
    await using cast = await startHeard()
    const { message } = cast.write(cast.kim, 'helo')
    const where = { ...refOf(cast.kim), mid: message.mid }
    cast.emulator.edit({ ...where, text: 'hello' })
    expect((await lastItem(cast, 2)).message_edit).toEqual({ mid: message.mid, text: 'hello', num_edit: 1 })
    cast.emulator.setDelivery({ numEditAs: 'string' })
    const edited = cast.emulator.edit({ ...where, text: 'hello!' })
    expect((await lastItem(cast, 3)).message_edit).toMatchObject({ num_edit: '2' })
    expect(edited.message).toMatchObject({ text: 'hello!', edits: 2 })
    expect(() => cast.emulator.edit({ ...where, text: '' })).toThrow(/text/)
  })

  it('is to unsend it: the content is gone, and so is the file', async () => {
    await using cast = await startHeard()
    const { message } = cast.write(cast.kim, { text: 'oops', attachments: [{ type: 'image' }] })
    const url = message.attachments[0]?.url ?? ''
    expect((await fetch(url)).status).toBe(200)
    const where = { ...refOf(cast.kim), mid: message.mid }
    const { message: gone } = cast.emulator.unsend(where)
    expect(gone).toMatchObject({ unsent: true, text: null, attachments: [] })
    const item = await lastItem(cast, 2)
    expect(item.message).toEqual({ mid: message.mid, is_deleted: true })
    expect(item.sender?.id).toBe(cast.kim.igsid)
    expect((await fetch(url)).status).toBe(404)
    expect(() => cast.emulator.unsend(where)).toThrow(/unsent/)
    expect(() => cast.emulator.edit({ ...where, text: 'x' })).toThrow(/unsent/)
  })

  it('is to react, by name where there is one, and to take it back', async () => {
    await using cast = await startHeard()
    const { body } = await cast.send(cast.kim, 'x').then(() => {
      cast.write(cast.kim, 'hi')
      return cast.send(cast.kim, 'welcome')
    })
    const where = { ...refOf(cast.kim), mid: String(body.message_id) }
    const said = async (emoji: string | null, reaction?: string) => {
      await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
      cast.emulator.react({ ...where, emoji, ...(reaction ? { reaction } : {}) })
      await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
      return itemsOf(cast.receiver).at(-1)?.reaction
    }
    const { mid } = where
    expect(await said('❤️')).toEqual({ mid, action: 'react', reaction: 'love', emoji: '❤️' })
    expect(await said('🦄')).toMatchObject({ reaction: 'other', emoji: '🦄' })
    expect(await said('😂', 'smile')).toMatchObject({ reaction: 'smile' })
    expect(await said(null)).toEqual({ mid, action: 'unreact' })
    expect(cast.emulator.listMessages(refOf(cast.kim)).at(-1)?.reactions.customer).toBeNull()
  })

  it('is to see all that the account wrote, or up to one of it', async () => {
    await using cast = await startHeard()
    cast.write(cast.kim, 'hi')
    const first = String((await cast.send(cast.kim, 'one')).body.message_id)
    const second = String((await cast.send(cast.kim, 'two')).body.message_id)
    expect(cast.emulator.see({ ...refOf(cast.kim), mid: first }).mid).toBe(first)
    expect(cast.emulator.see(refOf(cast.kim)).mid).toBe(second)
    await eventually(() =>
      expect(itemsOf(cast.receiver).flatMap(({ read }) => (read ? [read] : []))).toEqual([
        { mid: first },
        { mid: second },
      ]),
    )
    expect(cast.emulator.getThread(refOf(cast.kim)).seenMid).toBe(second)
    expect(() => cast.emulator.see(refOf(cast.sara))).toThrow(/not found/)
  })

  it('is not to edit what is not theirs, or is no text', async () => {
    await using cast = await startHeard()
    const { message } = cast.write(cast.kim, { attachments: [{ type: 'image' }] })
    const { body } = await cast.send(cast.kim, 'ours')
    const edit = (mid: string) => cast.emulator.edit({ ...refOf(cast.kim), mid, text: 'x' })
    expect(() => edit(message.mid)).toThrow(/only texts/)
    expect(() => edit(String(body.message_id))).toThrow(/own/)
    expect(() => edit('none')).toThrow(/not found/)
  })
})

describe('what a customer does without a message', () => {
  it('is to press a button, which opens the window', async () => {
    await using cast = await startHeard()
    cast.emulator.pressButton({ ...refOf(cast.kim), title: 'Prices', payload: 'PRICES', mid: 'm1' })
    expect((await lastItem(cast)).postback).toEqual({ mid: 'm1', title: 'Prices', payload: 'PRICES' })
    expect((await cast.send(cast.kim, 'here')).status).toBe(200)
  })

  it('is to come by a link', async () => {
    await using cast = await startHeard()
    const referral = { ref: 'autumn', source: 'IG_ME', type: 'OPEN_THREAD' }
    cast.emulator.refer({ ...refOf(cast.kim), referral })
    expect((await lastItem(cast)).referral).toEqual(referral)
    expect((await cast.send(cast.kim, 'hi')).status).toBe(400)
  })
})
