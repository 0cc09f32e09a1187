import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectInstagram } from '../../core/channels/connect-instagram.ts'
import { setHumanAgent } from '../../core/channels/set-human-agent.ts'
import { ECHO_WAIT_MS } from '../../core/delivery/settle.ts'
import { uploadAttachment } from '../../core/files/upload.ts'
import { refOf } from '../../emulators/instagram/emulator.testing.ts'
import { DAY, type Desk, HOUR, MINUTE, openDesk } from './instagram-desk.testing.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
  desk.write(desk.kim, 'hello')
  await desk.shows([{ content: 'hello' }])
})
afterEach(() => desk.close())

const ours = () => desk.at().filter(({ from }) => from === 'account')
const isOnce = async (content: string) => {
  await desk.isTold()
  await expect.poll(() => desk.state.inbox.every(({ outcome }) => outcome !== null)).toBe(true)
  expect((await desk.texts()).filter((text) => text === content)).toHaveLength(1)
  expect(ours().filter(({ text }) => text === content)).toHaveLength(1)
}

describe('an answer', () => {
  it.each(['before', 'after', 'off'] as const)(
    'whose echo comes %s its own answer is shown once',
    async (echo) => {
      desk.emulator.setDelivery({ echo })
      const sent = await desk.reply('سلام 👋')
      await desk.stands(sent.id, { state: 'sent', attempts: 1 })
      await isOnce('سلام 👋')
    },
  )

  it.each(['before', 'after'] as const)(
    'of the same words twice in a row is two, echoed %s',
    async (echo) => {
      desk.emulator.setDelivery({ echo })
      const [one, two] = [await desk.reply('ok'), await desk.reply('ok')]
      for (const { id } of [one, two]) await desk.stands(id, { state: 'sent' })
      await desk.isTold()
      await expect.poll(() => desk.state.inbox.every(({ outcome }) => outcome !== null)).toBe(true)
      expect(await desk.texts()).toEqual(['hello', 'ok', 'ok'])
      expect(ours()).toHaveLength(2)
    },
  )

  it('typed in the app is shown as ours, is delivered by nobody, and ten echoes make no second', async () => {
    desk.emulator.setDelivery({ copies: 10 })
    desk.emulator.writeAsOwner({ ...refOf(desk.kim), text: 'from my phone' })
    const typed = { type: 'support', content: 'from my phone', delivery: null, author: null }
    await desk.shows([{}, { ...typed, extras: { via: 'instagram_app' } }])
    await isOnce('from my phone')
    expect(desk.sends()).toEqual([])
  })

  it('that is typed in the app with the words that are on their way is another message', async () => {
    desk.emulator.setFault({ kind: 'delay', ms: 200, op: 'send' })
    const sent = await desk.reply('same')
    await expect.poll(() => desk.sends().length, { interval: 5 }).toBe(1)
    desk.emulator.writeAsOwner({ ...refOf(desk.kim), text: 'same' })
    await desk.stands(sent.id, { state: 'sent' })
    await desk.shows([{}, { content: 'same' }, { content: 'same', delivery: null }])
    await desk.isTold()
    expect(await desk.texts()).toEqual(['hello', 'same', 'same'])
    expect(desk.sends()).toHaveLength(1)
  })

  it('in Persian beyond 1000 bytes goes in parts that fit, in order, and loses no letter', async () => {
    const text = Array.from({ length: 120 }, (_, index) => `جملهٔ شمارهٔ ${index} 👩🏽‍🚀.`).join(' ')
    await desk.reply(text, { clientId: 'long' })
    const parts = Math.ceil(Buffer.byteLength(text) / 1000)
    await expect.poll(() => ours().length, { timeout: 5_000 }).toBeGreaterThanOrEqual(parts)
    const shown = (await desk.thread()).slice(1)
    for (const { id } of shown) await desk.stands(id, { state: 'sent' })
    const said = ours().map((one) => one.text ?? '')
    expect(said).toEqual(shown.map(({ content }) => content))
    expect(said.every((part) => Buffer.byteLength(part) <= 1000)).toBe(true)
    expect(said.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
  })

  it('with a file is fetched by Instagram from a signed address, its words follow or lead', async () => {
    desk.write(desk.kim, { attachments: [{ type: 'image' }] })
    await desk.shows([{}, { attachments: [{}] }])
    await desk.copyMedia()
    await desk.shows([{}, { attachments: [{ state: 'ready' }] }])
    const [picture] = (await desk.thread())[1]?.attachments ?? []
    const bytes = desk.ctx.files.read(picture?.id ?? '')
    const { id: conversationId } = await desk.conversation()
    const upload = await uploadAttachment(desk.anna, { conversationId, name: 'a.jpg', bytes })
    await desk.reply('look', { attachmentIds: [upload.id] })
    await expect.poll(() => ours().length, { timeout: 5_000 }).toBe(2)
    expect(ours()).toMatchObject([{ text: 'look' }, { attachments: [{ type: 'image' }] }])
    for (const { id } of (await desk.thread()).slice(2)) await desk.stands(id, { state: 'sent' })
    await desk.isTold()
    expect(await desk.thread()).toHaveLength(4)
  })
})

describe('a lost answer', () => {
  beforeEach(() => void desk.emulator.setFault({ kind: 'drop-after', op: 'send' }))

  it('is settled by the echo, and nothing is sent twice', async () => {
    const sent = await desk.reply('once')
    await desk.stands(sent.id, { state: 'sent' })
    await isOnce('once')
    await desk.travel(ECHO_WAIT_MS + MINUTE)
    await isOnce('once')
    expect(desk.sends()).toHaveLength(1)
  })

  it('without an echo is unconfirmed after a while, and nothing is sent twice', async () => {
    desk.emulator.setDelivery({ echo: 'off' })
    const sent = await desk.reply('once')
    await desk.stands(sent.id, { state: 'sending', next: 'echo' })
    await desk.travel(ECHO_WAIT_MS + 1_000)
    await desk.stands(sent.id, { state: 'unconfirmed' })
    expect(desk.sends()).toHaveLength(1)
    const next = await desk.reply('next')
    await desk.stands(next.id, { state: 'sent' })
  })

  it('is settled by an echo that comes late', async () => {
    desk.emulator.setDelivery({ paused: true })
    const sent = await desk.reply('once')
    await desk.stands(sent.id, { state: 'sending', next: 'echo' })
    await desk.travel(ECHO_WAIT_MS + 1_000)
    await desk.stands(sent.id, { state: 'unconfirmed' })
    desk.emulator.setDelivery({ paused: false })
    await desk.stands(sent.id, { state: 'sent' })
    await isOnce('once')
  })
})

describe('a dead token', () => {
  it('that can be renewed is, and the message goes', async () => {
    desk.emulator.travel(2 * HOUR)
    desk.emulator.setFault({ kind: 'error', code: 190, subcode: 463, op: 'send' })
    const token = desk.emulator.issueToken({ accountId: desk.shop.id, ageMs: 2 * DAY }).token
    await connectInstagram(desk.anna, { source: 'instagram', access_token: token })
    await desk.travel(HOUR)
    const sent = await desk.reply('still here')
    await desk.stands(sent.id, { state: 'sent' })
    const stored = await desk.ctx.channels.findByExternalId('instagram', desk.shop.id)
    expect(stored?.credentials.token).not.toBe(token)
    expect(stored).toMatchObject({ isConnect: true })
  })

  it('stops the channel, whose queue goes on in order when it is connected again', async () => {
    desk.emulator.revokeTokens({ accountId: desk.shop.id, subcode: 460 })
    const waiting = [await desk.reply('one'), await desk.reply('two')]
    await desk.stands(waiting[0]?.id ?? '', { state: 'queued', next: 'reconnection' })
    const stopped = await desk.ctx.channels.findByExternalId('instagram', desk.shop.id)
    expect(stopped).toMatchObject({ isConnect: false })
    desk.write(desk.kim, 'are you there?')
    await desk.shows([{}, {}, {}, { content: 'are you there?' }])
    expect(ours()).toEqual([])
    const { token } = desk.emulator.issueToken({ accountId: desk.shop.id })
    await connectInstagram(desk.anna, { source: 'instagram', access_token: token })
    for (const { id } of waiting) await desk.stands(id, { state: 'sent' })
    expect(ours().map(({ text }) => text)).toEqual(['one', 'two'])
  })
})

describe('the window', () => {
  const setTag = async (isOn: boolean) => {
    const [channel] = await desk.ctx.channels.list([desk.anna.actor.workspaceId])
    await setHumanAgent(desk.anna, { channelId: channel?.id ?? 0, isOn })
    desk.emulator.changeAccount({ accountId: desk.shop.id, humanAgent: isOn })
  }

  it('closes after a day, for everybody where there is no tag, and a word of the customer opens it', async () => {
    await desk.travel(DAY - MINUTE)
    const inTime = await desk.reply('in time')
    await desk.stands(inTime.id, { state: 'sent' })
    await desk.travel(2 * MINUTE)
    await expect(desk.reply('too late')).rejects.toMatchObject({ code: 'window_closed' })
    desk.write(desk.kim, 'here again')
    await desk.shows([{}, {}, {}])
    await desk.stands((await desk.reply('welcome')).id, { state: 'sent' })
    expect(ours().map(({ tagged }) => tagged)).toEqual([false, false])
  })

  it('is a week for people under the tag, and no longer', async () => {
    await setTag(true)
    await desk.travel(DAY + MINUTE)
    const sent = await desk.reply('sorry for the wait')
    await desk.stands(sent.id, { state: 'sent' })
    expect(ours()).toMatchObject([{ tagged: true }])
    await desk.travel(6 * DAY)
    await expect(desk.reply('too late')).rejects.toMatchObject({ code: 'window_closed' })
  })

  it('that closed while a message waited fails it with a reason, and lets a person’s go under the tag', async () => {
    await reconnectLate()
    await desk.stands((await desk.thread())[1]?.id ?? '', {
      state: 'failed',
      error: expect.stringContaining('too long ago'),
    })
    expect(ours()).toEqual([])
    desk.write(desk.kim, 'hello?')
    await desk.shows([{}, {}, { content: 'hello?' }])
    await setTag(true)
    await reconnectLate()
    await desk.stands((await desk.thread())[3]?.id ?? '', { state: 'sent' })
    expect(ours()).toMatchObject([{ text: 'in time', tagged: true }])
  })

  /** Writes while the account is refused, and connects it again when the first day is over. */
  const reconnectLate = async () => {
    desk.emulator.revokeTokens({ accountId: desk.shop.id })
    const sent = await desk.reply('in time')
    await desk.stands(sent.id, { state: 'queued', next: 'reconnection' })
    await desk.travel(DAY + MINUTE)
    const { token } = desk.emulator.issueToken({ accountId: desk.shop.id })
    await connectInstagram(desk.anna, { source: 'instagram', access_token: token })
  }
})

describe('a refusal', () => {
  it('that passes is repeated until Instagram takes it', async () => {
    desk.emulator.setFault({ kind: 'error', code: 2, op: 'send', times: 2 })
    desk.emulator.setFault({ kind: 'status', status: 503, op: 'send' })
    const sent = await desk.reply('patience')
    for (let attempt = 1; attempt <= 3; attempt++) {
      await desk.stands(sent.id, { state: 'queued', attempts: attempt })
      await desk.travel(HOUR / 4)
    }
    await desk.stands(sent.id, { state: 'sent', attempts: 4 })
    await isOnce('patience')
  })

  it('"invalid JSON reply" after the message went is settled by its echo', async () => {
    desk.emulator.setFault({ kind: 'error-after', op: 'send' })
    const sent = await desk.reply('went')
    await desk.stands(sent.id, { state: 'sent' })
    await isOnce('went')
  })

  it('of somebody who blocked us is told, and ends when they write again', async () => {
    desk.emulator.setThread({ ...refOf(desk.kim), blocked: true })
    await desk.stands((await desk.reply('hi')).id, { state: 'failed' })
    expect((await desk.conversation()).customer.unreachable).toEqual(expect.any(String))
    desk.emulator.setThread({ ...refOf(desk.kim), blocked: false })
    desk.write(desk.kim, 'sorry')
    await desk.shows([{}, {}, { content: 'sorry' }])
    expect((await desk.conversation()).customer.unreachable ?? null).toBeNull()
  })
})
