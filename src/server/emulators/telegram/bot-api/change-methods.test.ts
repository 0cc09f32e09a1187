import type { Message } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import { Clock } from '../../clock.ts'
import { startCast } from '../emulator.testing.ts'
import { SAMPLES } from '../files/samples.ts'
import type { ChatEvent } from '../message-types.ts'

const HOUR = 3_600_000

async function startChanging() {
  const clock = new Clock(Date.UTC(2026, 10, 22))
  const cast = await startCast({ clock })
  const { kim, call, upload, emulator, bot } = cast
  const ref = { botId: bot.id, chatId: kim.id }
  const photo = { name: 'a.jpg', bytes: new Uint8Array(Buffer.from(SAMPLES.jpeg.base64, 'base64')) }
  const idOf = ({ result }: { result: unknown }) => (result as Message).message_id
  return {
    ...cast,
    ref,
    clock,
    sendText: async () => idOf(await call('sendMessage', { chat_id: kim.id, text: 'one' })),
    sendPhoto: async () => idOf(await upload('sendPhoto', { chat_id: kim.id, caption: 'one' }, { photo })),
    to: (method: string, message_id: number, params: object = {}) =>
      call(method, { chat_id: kim.id, message_id, ...params }),
    listed: () => emulator.listMessages(ref),
  }
}

describe('editMessageCaption', () => {
  it('changes the caption of a file, and takes it away', async () => {
    await using cast = await startChanging()
    const id = await cast.sendPhoto()
    const changed = await cast.to('editMessageCaption', id, { caption: '<i>two</i>', parse_mode: 'HTML' })
    expect(changed.result).toMatchObject({
      message_id: id,
      caption: 'two',
      caption_entities: [{ type: 'italic' }],
      photo: expect.any(Array),
      edit_date: expect.any(Number),
    })
    expect(cast.listed()).toMatchObject([{ text: 'two', edited: true }])
    expect((await cast.to('editMessageCaption', id)).result).not.toHaveProperty('caption')
  })

  it('says when it changed nothing', async () => {
    await using cast = await startChanging()
    const id = await cast.sendPhoto()
    expect((await cast.to('editMessageCaption', id, { caption: ' one ' })).description).toMatch(
      /^Bad Request: message is not modified: /,
    )
  })

  it('has words for every mistake', async () => {
    await using cast = await startChanging()
    const [photo, words] = [await cast.sendPhoto(), await cast.sendText()]
    const { message } = cast.write(cast.kim, 'mine')
    for (const [method, id, params, reason] of [
      ['editMessageCaption', words, { caption: 'x' }, 'there is no caption in the message to edit'],
      ['editMessageText', photo, { text: 'x' }, 'there is no text in the message to edit'],
      ['editMessageCaption', photo, { caption: 'x'.repeat(1_025) }, 'message caption is too long'],
      ['editMessageCaption', 1, { caption: 'x' }, 'message to edit not found'],
      ['editMessageCaption', message.message_id, { caption: 'x' }, "message can't be edited"],
    ] as const) {
      const answer = await cast.to(method, id, params)
      expect(answer).toMatchObject({ status: 400, description: `Bad Request: ${reason}` })
    }
  })
})

describe('deleteMessages', () => {
  it('takes away those that are there', async () => {
    await using cast = await startChanging()
    const ids = [await cast.sendText(), cast.write(cast.kim, 'mine').message.message_id]
    const kept = await cast.sendPhoto()
    const params = { chat_id: cast.kim.id, message_ids: [...ids, 1] }
    expect(await cast.call('deleteMessages', params)).toMatchObject({ status: 200, result: true })
    expect(cast.listed().map(({ message_id }) => message_id)).toEqual([kept])
  })

  it('takes nothing away when one is older than two days', async () => {
    await using cast = await startChanging()
    const old = await cast.sendText()
    cast.clock.advance(48 * HOUR)
    const params = { chat_id: cast.kim.id, message_ids: [await cast.sendText(), old] }
    expect(await cast.call('deleteMessages', params)).toMatchObject({
      status: 400,
      description: "Bad Request: message can't be deleted",
    })
    expect(cast.listed()).toHaveLength(2)
  })

  it.each([
    [undefined, 'message identifiers are not specified'],
    ['[', "can't parse message_ids JSON object"],
    [7, 'expected an Array of message identifiers'],
    [Array(101).fill(1), 'too many message identifiers specified'],
    [['x'], 'invalid message identifier specified'],
  ])('refuses %j', async (message_ids, reason) => {
    await using cast = await startChanging()
    const answer = await cast.call('deleteMessages', { chat_id: cast.kim.id, message_ids })
    expect(answer).toMatchObject({ status: 400, description: `Bad Request: ${reason}` })
  })
})

describe('setMessageReaction', () => {
  const reaction = (emoji: string) => [{ type: 'emoji', emoji }]

  it('puts one emoji on a message, another in its place, and none', async () => {
    await using cast = await startChanging()
    const { message } = cast.write(cast.kim, 'thanks')
    const seen: ChatEvent[] = []
    cast.emulator.watchChat(cast.ref, (event) => seen.push(event))
    for (const emoji of [reaction('👍'), reaction('❤'), []]) {
      const answer = await cast.to('setMessageReaction', message.message_id, { reaction: emoji })
      expect(answer).toMatchObject({ status: 200, result: true })
    }
    const shown = seen.flatMap((event) => (event.type === 'reaction' ? [event.message.botReactions] : []))
    expect(shown).toEqual([['👍'], ['❤'], []])
    expect((await cast.call('getUpdates')).result).toHaveLength(1)
  })

  it.each([
    ['[', "can't parse reaction types JSON object"],
    [{}, 'expected an Array of ReactionType'],
    [[7], "can't parse ReactionType: expected an Object"],
    [[{}], 'can\'t parse ReactionType: Can\'t find field "type"'],
    [[{ type: 'emoji' }], 'can\'t parse ReactionType: Can\'t find field "emoji"'],
    [[{ type: 'paid' }], "can't parse ReactionType: invalid reaction type specified"],
    [[...reaction('👍'), ...reaction('❤')], 'REACTIONS_TOO_MANY'],
    [reaction('🫖'), 'REACTION_INVALID'],
    [reaction('❤️'), 'REACTION_INVALID'],
  ])('refuses %j', async (given, reason) => {
    await using cast = await startChanging()
    const { message } = cast.write(cast.kim, 'thanks')
    const answer = await cast.to('setMessageReaction', message.message_id, { reaction: given })
    expect(answer).toMatchObject({ status: 400, description: `Bad Request: ${reason}` })
    expect(cast.listed()).toMatchObject([{ botReactions: [] }])
  })

  it('needs a message', async () => {
    await using cast = await startChanging()
    expect(await cast.to('setMessageReaction', 1, { reaction: reaction('👍') })).toMatchObject({
      status: 400,
      description: 'Bad Request: message to react not found',
    })
  })
})

describe('flood limits', () => {
  it('count edits, reactions, actions and files, and an album as its messages', async () => {
    await using cast = await startChanging()
    const id = await cast.sendPhoto()
    cast.emulator.setFloodLimits(true)
    const media = ['a', 'b', 'c'].map((name) => ({ type: 'photo', media: `attach://${name}` }))
    const bytes = new Uint8Array(Buffer.from(SAMPLES.jpeg.base64, 'base64'))
    const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { name, bytes }]))
    const answers = [
      await cast.to('editMessageCaption', id, { caption: 'two' }),
      await cast.to('setMessageReaction', id, { reaction: [{ type: 'emoji', emoji: '👍' }] }),
      await cast.call('sendChatAction', { chat_id: cast.kim.id, action: 'typing' }),
      await cast.upload('sendMediaGroup', { chat_id: cast.kim.id, media }, files),
      await cast.call('deleteMessages', { chat_id: cast.kim.id, message_ids: [id] }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429])
    expect(answers.at(-1)?.parameters).toEqual({ retry_after: 2 })
  })
})

describe('a quote in reply_parameters', () => {
  it('is told with the message, if it is a part of what is replied to', async () => {
    await using cast = await startChanging()
    const { message } = cast.write(cast.kim, 'red or blue?')
    const send = (quote: string) => {
      const reply_parameters = { message_id: message.message_id, quote }
      return cast.call('sendMessage', { chat_id: cast.kim.id, text: 'this', reply_parameters })
    }
    expect((await send('blue')).result).toMatchObject({ quote: { text: 'blue', position: 7 } })
    expect((await send('green')).description).toBe('Bad Request: QUOTE_TEXT_INVALID')
  })
})
