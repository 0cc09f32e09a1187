import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectInstagram } from '../../core/channels/connect-instagram.ts'
import { actAs } from '../../core/context.testing.ts'
import { changeCustomer } from '../../core/customers/change.ts'
import { refOf } from '../../emulators/instagram/emulator.testing.ts'
import { type Desk, HOUR, openDesk } from './instagram-desk.testing.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

/** Looks at what was parked until nothing waits any more. */
const unpark = async () => {
  await desk.ctx.inbox.unpark()
}

describe('what a customer says', () => {
  it('arrives in their conversation, letter by letter, and once for ten deliveries at once', async () => {
    const { deliveryId } = desk.write(desk.kim, 'سلام <b>👋🏽</b>')
    await desk.shows([{ type: 'customer', content: 'سلام <b>👋🏽</b>', delivery: null }])
    const statuses = await desk.emulator.redeliver({ deliveryId: deliveryId ?? 0, copies: 10 })
    expect(new Set(statuses)).toEqual(new Set([200]))
    desk.emulator.setDelivery({ copies: 10 })
    desk.write(desk.kim, 'again')
    await desk.isTold()
    await desk.shows([{}, { content: 'again' }])
    expect(await desk.texts()).toHaveLength(2)
  })

  it('of two workspaces in one batch reaches each its own, past a poisoned event and one of nobody', async () => {
    const omar = await actAs(desk.ctx, 'omar')
    const cafe = desk.emulator.createAccount({ username: 'cafe' })
    await connectInstagram(omar, { source: 'instagram', access_token: cafe.token })
    const guest = desk.emulator.openThread({ accountId: cafe.id, customerId: desk.people.kim.id })
    desk.emulator.setDelivery({ paused: true, batch: 10 })
    desk.write(desk.kim, 'to the shop')
    const item = { message: 'poison' }
    desk.emulator.emit({ accountId: desk.shop.id, list: 'messaging', item })
    desk.emulator.write({ ...refOf(guest), text: 'to the café' })
    desk.emulator.setDelivery({ paused: false })
    await desk.shows([{ content: 'to the shop' }])
    await desk.shows([{ content: 'to the café' }], omar)
    expect(guest.igsid).not.toBe(desk.kim.igsid)
    expect(desk.state.inbox.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1)
  })

  it('with a file is shown at once, and its file when it is copied', async () => {
    desk.write(desk.kim, { attachments: [{ type: 'image' }] })
    await desk.shows([{ kind: 'image', attachments: [{ kind: 'image', state: 'pending' }] }])
    await desk.copyMedia()
    await desk.shows([{ attachments: [{ state: 'ready', mime: expect.stringMatching(/^image\//) }] }])
    expect(JSON.stringify(await desk.thread())).not.toContain(desk.emulator.url)
  })

  it.each([
    ['audio', 'voice', 'voice'],
    ['video', 'video', 'video'],
    ['file', 'file', 'file'],
    ['ig_reel', 'share', 'video'],
    ['story_mention', 'share', 'image'],
  ])('as %s is of kind %s, and its file is copied', async (type, kind, file) => {
    desk.write(desk.kim, { attachments: [{ type }] })
    await desk.shows([{ kind, attachments: [{ kind: file }] }])
    await desk.copyMedia()
    await desk.shows([{ attachments: [{ state: 'ready' }] }])
  })

  it('as an answer, to us or to a story of ours, tells what it answers', async () => {
    desk.write(desk.kim, 'first')
    await desk.shows([{}])
    const ours = await desk.reply('ours')
    await desk.stands(ours.id, { state: 'sent' })
    const mid = desk.at().at(-1)?.mid ?? ''
    desk.write(desk.kim, { text: 'to that', replyToMid: mid })
    desk.write(desk.kim, { text: 'nice story', storyId: '1789' })
    desk.write(desk.kim, { attachments: [{ type: 'story_mention' }] })
    await desk.shows([
      {},
      {},
      { content: 'to that', extras: { quote: { messageId: ours.id, isOwn: true, text: 'ours' } } },
      { content: 'nice story', kind: 'text', extras: { story: 'reply' }, attachments: [{ kind: 'image' }] },
      { extras: { story: 'mention' } },
    ])
    await desk.copyMedia()
    await desk.shows([{}, {}, {}, { attachments: [{ state: 'ready' }] }, {}])
  })

  it('of a kind that we do not know is a visible placeholder, and acknowledged', async () => {
    desk.write(desk.kim, { unsupported: true })
    desk.write(desk.kim, { attachments: [{ type: 'hologram' }] })
    desk.emulator.refer({ ...refOf(desk.kim), referral: { ref: 'ad', source: 'ADS', type: 'OPEN_THREAD' } })
    desk.emulator.pressButton({ ...refOf(desk.kim), title: 'Buy', payload: 'BUY' })
    await desk.shows([
      { extras: { placeholder: 'unsupported' } },
      { extras: { placeholder: 'hologram' } },
      { content: 'Buy' },
    ])
    await desk.isTold()
    expect(desk.emulator.listDeliveries().map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })
})

describe('who writes', () => {
  const customer = async () => (await desk.conversation()).customer
  const asked = () => desk.emulator.listCalls({ op: 'profile' }).calls.length

  it('is asked about once, and everybody is told the name', async () => {
    for (const text of ['one', 'two', 'three']) desk.write(desk.kim, text)
    await expect.poll(customer).toMatchObject({ firstName: 'Kim', username: 'kim' })
    const told = [...desk.state.workspaces.values()].flatMap(({ log }) => log.map(({ type }) => type))
    expect(told).toContain('customer.changed')
    desk.emulator.changeCustomer({ customerId: desk.people.kim.id, name: 'Somebody' })
    await desk.travel(2 * HOUR)
    desk.write(desk.kim, 'four')
    await desk.shows([{}, {}, {}, { content: 'four' }])
    expect([asked(), (await customer()).firstName]).toEqual([1, 'Kim'])
  })

  it('keeps the name that a person gave them, and gets what is missing', async () => {
    desk.emulator.changeCustomer({ customerId: desk.people.kim.id, profile: 'no_consent' })
    desk.write(desk.kim, 'hello')
    await expect.poll(asked).toBe(1)
    await desk.shows([{ content: 'hello' }])
    const fields = { first_name: 'Mr K' }
    await changeCustomer(desk.anna, { customerId: (await customer()).id, fields, tagIds: null })
    desk.emulator.changeCustomer({ customerId: desk.people.kim.id, profile: 'visible' })
    await desk.travel(2 * HOUR)
    desk.write(desk.kim, 'again')
    await expect.poll(customer).toMatchObject({ firstName: 'Mr K', username: 'kim' })
  })

  it('is nobody we know where Instagram does not tell, and their message is there all the same', async () => {
    desk.emulator.setFault({ kind: 'status', status: 500, op: 'profile' })
    desk.write(desk.kim, 'hello')
    desk.write(desk.kim, 'there')
    await desk.shows([{ content: 'hello' }, { content: 'there' }])
    await expect.poll(asked).toBe(1)
    expect(await customer()).toMatchObject({ firstName: null, username: null })
  })
})

describe('what a customer changes', () => {
  it('an edit holds, and before its message too', async () => {
    const { message } = desk.write(desk.kim, 'helo')
    await desk.shows([{ content: 'helo' }])
    desk.emulator.edit({ ...refOf(desk.kim), mid: message.mid, text: 'hello' })
    await desk.shows([{ content: 'hello', editedAt: expect.any(String) }])
    desk.emulator.setDelivery({ paused: true, order: 'reversed', numEditAs: 'string' })
    const late = desk.write(desk.kim, 'on')
    desk.emulator.travel(1_000)
    desk.emulator.edit({ ...refOf(desk.kim), mid: late.message.mid, text: 'one' })
    desk.emulator.travel(1_000)
    desk.emulator.edit({ ...refOf(desk.kim), mid: late.message.mid, text: 'one!' })
    desk.emulator.setDelivery({ paused: false })
    await desk.shows([{}, {}])
    await unpark()
    await desk.shows([{}, { content: 'one!' }])
  })

  it('taking back leaves an empty place, without words and files', async () => {
    const { message } = desk.write(desk.kim, { attachments: [{ type: 'image' }] })
    await desk.shows([{ attachments: [{ state: 'pending' }] }])
    await desk.copyMedia()
    const [shown] = await desk.thread()
    const fileId = shown?.attachments?.[0]?.id ?? ''
    expect(await desk.ctx.attachments.find(fileId)).not.toBeNull()
    desk.emulator.unsend({ ...refOf(desk.kim), mid: message.mid })
    await desk.shows([{ content: '', deletedAt: expect.any(String) }])
    expect((await desk.thread())[0]).not.toHaveProperty('attachments')
    expect(await desk.ctx.attachments.find(fileId)).toBeNull()
    expect(desk.state.removals.map(({ key }) => key)).toContain(fileId)
  })

  it('a reaction is on its message, another takes its place, and taken back it is gone', async () => {
    const { message } = desk.write(desk.kim, 'hello')
    await desk.shows([{}])
    const react = (emoji: string | null) =>
      desk.emulator.react({ ...refOf(desk.kim), mid: message.mid, emoji })
    react('❤️')
    await desk.shows([{ extras: { reactions: [{ by: 'customer', emoji: '❤️' }] } }])
    react('😮')
    await desk.shows([{ extras: { reactions: [{ by: 'customer', emoji: '😮' }] } }])
    react(null)
    await expect.poll(async () => (await desk.thread())[0]?.extras).toBeUndefined()
  })

  it('what they have seen is known, and goes only forward', async () => {
    desk.write(desk.kim, 'hello')
    await desk.shows([{}])
    const first = await desk.reply('one')
    await desk.stands(first.id, { state: 'sent' })
    const mid = desk.at().at(-1)?.mid ?? ''
    const second = await desk.reply('two')
    await desk.stands(second.id, { state: 'sent' })
    const seen = async () => (await desk.conversation()).seenSeq
    desk.emulator.see(refOf(desk.kim))
    await expect.poll(seen).toBe(second.seq)
    desk.emulator.see({ ...refOf(desk.kim), mid })
    await desk.isTold()
    await expect.poll(() => desk.state.inbox.every(({ outcome }) => outcome !== null)).toBe(true)
    expect(await seen()).toBe(second.seq)
  })
})
