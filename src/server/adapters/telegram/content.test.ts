import { expect, test } from 'vitest'
import { MessageExtras } from '../../contract/message.ts'
import { messageOf, parse } from './parse.testing.ts'
import { MESSAGES, messageWith } from './updates.testing.ts'

const ref = { file_id: 'F', file_unique_id: 'u' }
const nothing = { name: null, mime: null, size: null, width: null, height: null, durationMs: null }

const file = { ...nothing, ref, size: 1000 }
const place = { latitude: 35.7, longitude: 51.4, title: '', address: '' }
test.each<[keyof typeof MESSAGES, object]>([
  [
    'photo',
    {
      kind: 'image',
      content: 'look',
      media: [{ ...file, kind: 'image', mime: 'image/jpeg', width: 1280, height: 960 }],
    },
  ],
  [
    'voice',
    { kind: 'voice', content: '', media: [{ ...file, kind: 'voice', mime: 'audio/ogg', durationMs: 4000 }] },
  ],
  [
    'audio',
    {
      kind: 'voice',
      media: [{ ...file, kind: 'audio', name: 'song.mp3', mime: 'audio/mpeg', durationMs: 180_000 }],
    },
  ],
  [
    'video',
    {
      kind: 'video',
      media: [
        {
          ...file,
          kind: 'video',
          name: 'v.mp4',
          mime: 'video/mp4',
          width: 640,
          height: 480,
          durationMs: 9000,
        },
      ],
    },
  ],
  [
    'video_note',
    {
      kind: 'video',
      media: [{ ...file, kind: 'video', mime: 'video/mp4', width: 240, height: 240, durationMs: 5000 }],
    },
  ],
  [
    'animation',
    {
      kind: 'video',
      media: [
        {
          ...file,
          kind: 'animation',
          name: 'cat.mp4',
          mime: 'video/mp4',
          width: 320,
          height: 240,
          durationMs: 3000,
        },
      ],
    },
  ],
  [
    'document',
    { kind: 'file', content: '', media: [{ ...file, kind: 'file', name: 'a.pdf', mime: 'application/pdf' }] },
  ],
  [
    'sticker',
    {
      kind: 'sticker',
      content: '👍',
      media: [{ ...file, kind: 'sticker', mime: 'image/webp', width: 512, height: 512 }],
    },
  ],
  [
    'animated_sticker',
    {
      kind: 'sticker',
      media: [{ ...file, kind: 'sticker', mime: 'application/x-tgsticker', width: 512, height: 512 }],
    },
  ],
  [
    'video_sticker',
    { kind: 'sticker', media: [{ ...file, kind: 'sticker', mime: 'video/webm', width: 512, height: 512 }] },
  ],
  ['location', { kind: 'location', content: '35.7, 51.4', extras: { place } }],
  [
    'venue',
    {
      kind: 'location',
      content: 'Café',
      extras: { place: { ...place, title: 'Café', address: '1 Street' } },
    },
  ],
  [
    'contact',
    {
      kind: 'share',
      content: 'Kim Lee +4912345',
      extras: { contact: { name: 'Kim Lee', phone: '+4912345' } },
    },
  ],
  ['poll', { kind: 'share', content: 'Tea?\n• Yes\n• No', extras: { placeholder: 'poll' } }],
  ['dice', { kind: 'text', content: '🎯 6' }],
  ['story', { kind: 'share', extras: { placeholder: 'story' } }],
  ['game', { kind: 'text', content: 'Unsupported message', extras: { placeholder: 'game' } }],
])('a message with %s keeps what it says and where its file is', (name, expected) => {
  const message = messageOf(MESSAGES[name])
  expect(message).toMatchObject(expected)
  expect(message.media ?? []).toHaveLength('media' in expected ? 1 : 0)
  expect(MessageExtras.safeParse(message.extras ?? {}).success).toBe(true)
})

test('a kind that nobody knows yet is shown by the word that Telegram has for it', () => {
  const unheard = {
    update_id: 9,
    message: { ...messageWith({}).message, hologram: { file_id: 'x' }, caption: 'hi' },
  }
  expect(parse(unheard)).toMatchObject({
    message: { kind: 'text', content: 'hi', extras: { placeholder: 'hologram' } },
  })
})

test('the files of one album carry the same word', () => {
  expect(messageOf({ ...MESSAGES.photo, media_group_id: '77' }).extras).toEqual({ album: '77' })
})
