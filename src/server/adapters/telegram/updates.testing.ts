import type { Chat, Message, Update, User } from '@grammyjs/types'

export const sara = {
  id: 42,
  is_bot: false,
  first_name: 'سارا',
  last_name: 'احمدی',
  username: 'sara',
} satisfies User
export const bot = { id: 9, is_bot: true, first_name: 'Shop', username: 'shop_bot' } satisfies User
export const chat = { id: 42, type: 'private', first_name: 'سارا' } satisfies Chat
const head = { message_id: 7, date: 1_700_000_000, chat, from: sara } satisfies Message & Update.NonChannel

type Said = Partial<Omit<Message, 'chat' | 'from'>> & { from?: User }

/** An update with a message of Sara's that says this. */
export const messageWith = (fields: Said) =>
  ({ update_id: 9, message: { ...head, ...fields } }) satisfies Update

/** The same message, changed later. */
export const editWith = (fields: Said) =>
  ({ update_id: 10, edited_message: { ...head, edit_date: 1_700_000_060, ...fields } }) satisfies Update

const thumbnail = { file_id: 'T', file_unique_id: 't', width: 90, height: 90 }
const file = { file_id: 'F', file_unique_id: 'u', file_size: 1000 }
const sticker = { ...file, type: 'regular', width: 512, height: 512, emoji: '👍' } as const
const document = { ...file, file_name: 'a.pdf', mime_type: 'application/pdf', thumbnail }
const animation = {
  ...file,
  width: 320,
  height: 240,
  duration: 3,
  file_name: 'cat.mp4',
  mime_type: 'video/mp4',
}
const person = { ...sara, is_bot: false }
const option = { persistent_id: 'p', voter_count: 0 }

/** What a customer can send, each in Telegram's own shape. */
export const MESSAGES = {
  photo: {
    photo: [
      thumbnail,
      { ...file, width: 1280, height: 960 },
      { ...file, file_id: 'M', width: 320, height: 240 },
    ],
    caption: 'look',
  },
  voice: { voice: { ...file, duration: 4, mime_type: 'audio/ogg' } },
  audio: {
    audio: {
      ...file,
      duration: 180,
      file_name: 'song.mp3',
      mime_type: 'audio/mpeg',
      title: 'Song',
      performer: 'Kim',
    },
  },
  video: {
    video: { ...file, width: 640, height: 480, duration: 9, file_name: 'v.mp4', mime_type: 'video/mp4' },
  },
  video_note: { video_note: { ...file, length: 240, duration: 5 } },
  animation: { animation, document: { ...file, file_name: 'cat.mp4', mime_type: 'video/mp4' } },
  document: { document },
  sticker: { sticker: { ...sticker, is_animated: false, is_video: false } },
  animated_sticker: { sticker: { ...sticker, is_animated: true, is_video: false } },
  video_sticker: { sticker: { ...sticker, is_animated: false, is_video: true } },
  location: { location: { latitude: 35.7, longitude: 51.4 } },
  venue: {
    venue: { location: { latitude: 35.7, longitude: 51.4 }, title: 'Café', address: '1 Street' },
    location: { latitude: 35.7, longitude: 51.4 },
  },
  contact: { contact: { first_name: 'Kim', last_name: 'Lee', phone_number: '+4912345' } },
  poll: {
    poll: {
      id: '1',
      question: 'Tea?',
      options: [
        { ...option, text: 'Yes' },
        { ...option, text: 'No' },
      ],
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
      allows_revoting: false,
      members_only: false,
    },
  },
  dice: { dice: { emoji: '🎯', value: 6 } },
  story: { story: { chat: { ...chat, first_name: person.first_name }, id: 3 } },
  game: {
    game: {
      title: 'Chess',
      description: 'A game',
      text: '',
      text_entities: [],
      photo: [thumbnail],
      animation,
    },
  },
} satisfies Record<string, Said>
