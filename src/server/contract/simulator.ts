import { z } from 'zod'

export const SimulatedPlatform = z.enum(['telegram', 'instagram'])
export type SimulatedPlatform = z.infer<typeof SimulatedPlatform>

/** The demo's customers, each a phone on the simulator page. */
export const SimulatedPerson = z.object({
  chatId: z.number().int(),
  platform: SimulatedPlatform,
  firstName: z.string(),
  lastName: z.string().nullable(),
  username: z.string().nullable(),
  lang: z.enum(['fa', 'en']),
})
export type SimulatedPerson = z.infer<typeof SimulatedPerson>

/** What customers can send besides words. */
export const SimulatedMedia = z.enum([
  'photo',
  'voice',
  'audio',
  'video',
  'round_video',
  'animation',
  'sticker',
  'document',
])
export type SimulatedMedia = z.infer<typeof SimulatedMedia>

/** Its bytes are at `/simulator/api/chats/{chatId}/files/{key}`. */
export const SimulatedFile = z.object({ key: z.string(), mime: z.string(), name: z.string().nullable() })
export type SimulatedFile = z.infer<typeof SimulatedFile>

/** A line in a simulated chat, from the customer's side. `at` is in milliseconds since 1970. */
export const SimulatedMessage = z.object({
  id: z.string(),
  from: z.enum(['customer', 'business']),
  kind: z.enum([
    'text',
    ...SimulatedMedia.options,
    'location',
    'contact',
    'story_reply',
    'story_mention',
    'share',
    'reel',
    'other',
  ]),
  text: z.string(),
  /** The text with the tags of contract/format.ts, where the platform shows it formatted. */
  tagged: z.string().nullable(),
  at: z.number(),
  edited: z.boolean(),
  /** Taken back; nothing of it is left. */
  unsent: z.boolean(),
  files: z.array(SimulatedFile),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  contact: z.object({ name: z.string(), phone: z.string() }).nullable(),
  replyTo: z.string().nullable(),
  reactions: z.object({ customer: z.string().nullable(), business: z.string().nullable() }),
})
export type SimulatedMessage = z.infer<typeof SimulatedMessage>

/** A message with nothing to it besides its words. */
export const BARE_MESSAGE = {
  tagged: null,
  edited: false,
  unsent: false,
  files: [],
  place: null,
  contact: null,
  replyTo: null,
  reactions: { customer: null, business: null },
} satisfies Partial<SimulatedMessage>

/** Who the customers of a platform write to. */
export const SimulatedBusiness = z.object({
  platform: SimulatedPlatform,
  seed: z.number().int(),
  name: z.string(),
  username: z.string(),
})
export type SimulatedBusiness = z.infer<typeof SimulatedBusiness>

export const SimulatorCast = z.object({
  businesses: z.array(SimulatedBusiness),
  people: z.array(SimulatedPerson),
})
export type SimulatorCast = z.infer<typeof SimulatorCast>

export const SimulatorChat = z.object({
  messages: z.array(SimulatedMessage),
  blocked: z.boolean(),
  /** The newest message that the business is known to have seen. */
  seenId: z.string().nullable(),
})
export type SimulatorChat = z.infer<typeof SimulatorChat>

/** What the stream `GET /simulator/api/chats/{chatId}/events` says, one JSON a `data:` line. */
export const SimulatorEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: SimulatedMessage }),
  z.object({ type: z.literal('removed'), id: z.string() }),
  z.object({ type: z.literal('typing'), on: z.boolean() }),
  z.object({ type: z.literal('blocked'), blocked: z.boolean() }),
  z.object({ type: z.literal('seen'), id: z.string() }),
])
export type SimulatorEvent = z.infer<typeof SimulatorEvent>

export const MAX_PHONE_TEXT = 4096
export const MAX_PHONE_ALBUM = 10
/** The longest file that a phone of the simulator sends. */
export const MAX_PHONE_FILE = 10 * 1024 * 1024

const Id = z.string().min(1).max(200)
const Text = z.string().min(1).max(MAX_PHONE_TEXT)
const replyTo = Id.optional()

/** The body of `POST /simulator/api/chats/{chatId}/acts`: what its owner does on a phone. */
export const SimulatorAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('text'), text: Text, replyTo }),
  /** Without a file it is a small one that the simulator brings along. */
  z.object({
    do: z.literal('media'),
    kind: SimulatedMedia,
    file: Id.optional(),
    text: z.string().max(1024).optional(),
    replyTo,
  }),
  z.object({ do: z.literal('album'), files: z.array(Id).max(MAX_PHONE_ALBUM) }),
  z.object({ do: z.literal('location') }),
  z.object({ do: z.literal('contact') }),
  z.object({ do: z.literal('story_reply'), text: Text }),
  z.object({ do: z.literal('story_mention') }),
  z.object({ do: z.literal('share') }),
  z.object({ do: z.literal('reel') }),
  /** Something of a kind that nobody knows yet. */
  z.object({ do: z.literal('other') }),
  z.object({ do: z.literal('edit'), id: Id, text: Text }),
  z.object({ do: z.literal('unsend'), id: Id }),
  z.object({ do: z.literal('react'), id: Id, emoji: z.string().min(1).max(16).nullable() }),
  z.object({ do: z.literal('seen') }),
])
export type SimulatorAct = z.infer<typeof SimulatorAct>
export const SimulatorDone = z.object({ messages: z.array(SimulatedMessage) })

/** Bodies of `POST /simulator/api/chats/{chatId}/messages` and `…/blocked`. */
export const SimulatorWrite = z.object({ text: Text })
export const SimulatorBlock = z.object({ blocked: z.boolean() })

/** What `POST /simulator/api/chats/{chatId}/files` answers: the name of what was uploaded. */
export const SimulatorUpload = z.object({ file: z.string() })

export const SimulatedTrouble = z.enum([
  'slow_down',
  'blocked',
  'server_error',
  'hang',
  'lost_answer',
  'token_expired',
  'token_revoked',
  'duplicates',
  'out_of_order',
  'echo_first',
  'unheard',
])
export type SimulatedTrouble = z.infer<typeof SimulatedTrouble>

export const SimulatedFault = z.object({
  platform: SimulatedPlatform,
  trouble: SimulatedTrouble,
  /** `once`: with the next message only. */
  until: z.enum(['once', 'off']),
})
export type SimulatedFault = z.infer<typeof SimulatedFault>

type Troubles = Partial<Record<SimulatedTrouble, readonly SimulatedFault['until'][]>>

const ON_BOTH: Troubles = {
  slow_down: ['once', 'off'],
  blocked: ['once', 'off'],
  server_error: ['once', 'off'],
  hang: ['once', 'off'],
  lost_answer: ['once', 'off'],
  duplicates: ['once', 'off'],
  out_of_order: ['once', 'off'],
  token_revoked: ['off'],
  unheard: ['off'],
}

/** What can go wrong there, and how: a key does not die for one message, and an echo has no next one. */
export const TROUBLES: Readonly<Record<SimulatedPlatform, Troubles>> = {
  telegram: ON_BOTH,
  instagram: {
    ...ON_BOTH,
    echo_first: ['off'],
    token_expired: ['off'],
  },
}

/** The body of `POST /simulator/api/faults`; `none` takes it back. */
export const SimulatorTrouble = SimulatedFault.extend({ until: z.enum(['once', 'off', 'none']) })
export type SimulatorTrouble = z.infer<typeof SimulatorTrouble>
export const SimulatorFaults = z.object({ faults: z.array(SimulatedFault), traveledHours: z.number() })
export type SimulatorFaults = z.infer<typeof SimulatorFaults>

/** The body of `POST /simulator/api/travel`: past the day, or the week, in which Instagram lets people answer. */
export const SimulatorTravel = z.object({ hours: z.union([z.literal(25), z.literal(192)]) })
