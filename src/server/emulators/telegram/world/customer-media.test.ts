import type { Message, Update } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import { startCast } from '../emulator.testing.ts'
import { SAMPLES, THUMBNAIL } from '../files/samples.ts'
import type { NewMessage } from '../message-types.ts'

async function startWriting() {
  const cast = await startCast()
  const ref = { botId: cast.bot.id, chatId: cast.kim.id }
  return {
    ...cast,
    ref,
    say: (message: NewMessage) => cast.emulator.write({ ...ref, message }),
    updates: async () => (await cast.call('getUpdates')).result as Update[],
    listed: () => cast.emulator.listMessages(ref),
  }
}

const anyFile = {
  file_id: expect.stringMatching(/^[\w-]{40,}$/),
  file_unique_id: expect.stringMatching(/^[\w-]{12,}$/),
}
const size = (name: keyof typeof SAMPLES) => Buffer.from(SAMPLES[name].base64, 'base64').length
const thumbnail = {
  ...anyFile,
  width: THUMBNAIL.width,
  height: THUMBNAIL.height,
  file_size: expect.any(Number),
}

describe('what a customer sends reaches the bot as Telegram tells it', () => {
  it.each<[NewMessage, Partial<Message>]>([
    [
      { kind: 'photo', caption: ' سلام ' },
      {
        photo: [
          { ...anyFile, width: 90, height: 68, file_size: expect.any(Number) },
          { ...anyFile, width: 320, height: 240, file_size: size('jpeg') },
        ],
        caption: 'سلام',
      },
    ],
    [
      { kind: 'voice' },
      { voice: { ...anyFile, duration: 1, mime_type: 'audio/ogg', file_size: size('ogg') } },
    ],
    [
      { kind: 'audio' },
      {
        audio: {
          ...anyFile,
          duration: 1,
          file_name: 'song.mp3',
          mime_type: 'audio/mpeg',
          file_size: size('mp3'),
        },
      },
    ],
    [
      { kind: 'video', file: { sample: 'mp4', name: 'me.mp4' } },
      {
        video: {
          ...anyFile,
          width: 96,
          height: 96,
          duration: 1,
          thumbnail,
          file_name: 'me.mp4',
          mime_type: 'video/mp4',
          file_size: size('mp4'),
        },
      },
    ],
    [
      { kind: 'video_note' },
      { video_note: { ...anyFile, length: 96, duration: 1, thumbnail, file_size: size('mp4') } },
    ],
    [
      { kind: 'document', caption: 'see https://peyk.test' },
      {
        document: {
          ...anyFile,
          file_name: 'invoice.pdf',
          mime_type: 'application/pdf',
          file_size: size('pdf'),
        },
        caption: 'see https://peyk.test',
        caption_entities: [{ type: 'url', offset: 4, length: 17 }],
      },
    ],
    [
      { kind: 'sticker', emoji: '👍' },
      {
        sticker: {
          ...anyFile,
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          thumbnail,
          emoji: '👍',
          set_name: expect.any(String),
          file_size: size('webp'),
        },
      },
    ],
    [
      { kind: 'location', latitude: 35.7, longitude: 51.4 },
      { location: { latitude: 35.7, longitude: 51.4 } },
    ],
    [
      { kind: 'venue', latitude: 35.7, longitude: 51.4, title: 'Shop', address: 'Valiasr 1' },
      {
        venue: { location: { latitude: 35.7, longitude: 51.4 }, title: 'Shop', address: 'Valiasr 1' },
        location: { latitude: 35.7, longitude: 51.4 },
      },
    ],
    [
      { kind: 'contact', phone_number: '+989120000000', first_name: 'Sara' },
      { contact: { phone_number: '+989120000000', first_name: 'Sara' } },
    ],
    [{ kind: 'dice', emoji: '🎯', value: 3 }, { dice: { emoji: '🎯', value: 3 } }],
  ])('%j', async (message, told) => {
    await using cast = await startWriting()
    const { updateId } = cast.say(message)
    const [update] = await cast.updates()
    expect(update).toEqual({
      update_id: updateId,
      message: {
        message_id: expect.any(Number),
        date: expect.any(Number),
        from: expect.objectContaining({ id: cast.kim.id }),
        chat: expect.objectContaining({ id: cast.kim.id, type: 'private' }),
        ...told,
      },
    })
  })

  it('an animation is a document too, under the same id', async () => {
    await using cast = await startWriting()
    cast.say({ kind: 'animation' })
    const [{ message } = {}] = await cast.updates()
    expect(message?.animation).toMatchObject({ width: 96, mime_type: 'video/mp4' })
    expect(message?.document?.file_id).toBe(message?.animation?.file_id)
  })

  it('a poll keeps its options', async () => {
    await using cast = await startWriting()
    cast.say({ kind: 'poll', question: 'When?', options: ['now', 'later'] })
    const [{ message } = {}] = await cast.updates()
    expect(message?.poll).toMatchObject({ question: 'When?', options: [{ text: 'now' }, { text: 'later' }] })
  })

  it('what nobody knows yet is told as it was given', async () => {
    await using cast = await startWriting()
    const fields = { hologram: { depth: 3 }, forward_origin: { type: 'hidden_user', sender_user_name: 'N' } }
    const { message } = cast.say({ kind: 'other', fields })
    expect(await cast.updates()).toMatchObject([{ message: fields }])
    expect(message).toMatchObject({ kind: 'other', text: '', file: null, fields })
  })

  it('a reply carries the message and the part of it that was quoted', async () => {
    await using cast = await startWriting()
    const sent = await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'red or blue?' })
    const replyToMessageId = (sent.result as Message).message_id
    cast.say({ kind: 'text', text: 'this', replyToMessageId, quote: 'blue' })
    cast.say({ kind: 'voice', replyToMessageId })
    expect(await cast.updates()).toMatchObject([
      {
        message: {
          reply_to_message: { text: 'red or blue?', from: { is_bot: true } },
          quote: { text: 'blue', position: 7, is_manual: true },
        },
      },
      { message: { voice: {}, reply_to_message: { message_id: replyToMessageId } } },
    ])
    expect(() => cast.say({ kind: 'text', text: 'x', replyToMessageId, quote: 'green' })).toThrow(/quote/)
  })
})

describe('a customer', () => {
  it('changes a caption, or takes it away', async () => {
    await using cast = await startWriting()
    const { message } = cast.say({ kind: 'photo', caption: 'one' })
    const edit = (text: string) =>
      cast.emulator.editText({ ...cast.ref, messageId: message.message_id, text })
    expect(edit('two').message).toMatchObject({ kind: 'photo', text: 'two', edited: true })
    edit('')
    const [, edited, emptied] = await cast.updates()
    expect(edited?.edited_message).toMatchObject({
      message_id: message.message_id,
      caption: 'two',
      photo: expect.any(Array),
      edit_date: expect.any(Number),
    })
    expect(emptied?.edited_message).not.toHaveProperty('caption')
    expect(() => edit('x'.repeat(1025))).toThrow(/caption is too long/)
  })

  it('takes a message away, and the bot is not told', async () => {
    await using cast = await startWriting()
    const { message } = cast.say({ kind: 'text', text: 'oops' })
    const seen: string[] = []
    cast.emulator.watchChat(cast.ref, ({ type }) => seen.push(type))
    cast.emulator.deleteMessage({ ...cast.ref, messageId: message.message_id })
    expect(seen).toEqual(['ready', 'message_deleted'])
    expect(cast.listed()).toEqual([])
    expect(await cast.updates()).toHaveLength(1)
    const reply_parameters = { message_id: message.message_id }
    const answer = await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'hm', reply_parameters })
    expect(answer.description).toBe('Bad Request: message to be replied not found')
  })

  it('does not take away what the bot wrote', async () => {
    await using cast = await startWriting()
    const sent = await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'hello' })
    const messageId = (sent.result as Message).message_id
    expect(() => cast.emulator.deleteMessage({ ...cast.ref, messageId })).toThrow(/not the message/)
  })

  it.each<[object, RegExp]>([
    [{ kind: 'photo', caption: 'x'.repeat(1025) }, /caption is too long/],
    [{ kind: 'sticker', caption: 'x' }, /no caption/],
    [{ kind: 'photo', file: {} }, /one of sample/],
    [{ kind: 'photo', file: { sample: 'png', base64: 'AA==' } }, /one of sample/],
    [{ kind: 'photo', file: { fileKey: 99 } }, /file not found/],
    [{ kind: 'poll', question: '?', options: [] }, /options/],
  ])('cannot send %j', async (message, reason) => {
    await using cast = await startWriting()
    expect(() => cast.say(message as NewMessage)).toThrow(reason)
    expect(cast.listed()).toEqual([])
  })
})
