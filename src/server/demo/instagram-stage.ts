import type {
  SimulatedBusiness,
  SimulatedMedia,
  SimulatedMessage,
  SimulatedPerson,
  SimulatorAct,
  SimulatorEvent,
} from '../contract/simulator.ts'
import type { NewAttachment, ThreadEvent, ThreadMessage } from '../emulators/instagram/control-types.ts'
import type { InstagramEmulator } from '../emulators/instagram/start.ts'
import { SimulatorError, type Stage } from '../transports/simulator/stage.ts'
import { InstagramFaults } from './instagram-faults.ts'
import { MAX_SHOWN, notHere, requireShown, shown } from './play.ts'

interface Parts {
  emulator: InstagramEmulator
  token: string
  account: { id: string; name: string; username: string }
  people: SimulatedPerson[]
  /** Brings the channel of the demo back after its token was void. */
  reconnect: () => Promise<void>
  /** Makes what the product has stored of these customers older. */
  age: (ms: number) => Promise<void>
}

const HOUR_MS = 3_600_000
const SEED = 17
const TYPE_OF: Partial<Record<SimulatedMedia, NewAttachment>> = {
  photo: { type: 'image' },
  voice: { type: 'audio' },
  audio: { type: 'audio' },
  video: { type: 'video' },
  document: { type: 'file' },
}
const KIND_OF: Record<string, SimulatedMessage['kind']> = {
  image: 'photo',
  audio: 'voice',
  video: 'video',
  file: 'document',
  story_mention: 'story_mention',
  share: 'share',
  ig_post: 'share',
  ig_reel: 'reel',
  reel: 'reel',
  like_heart: 'sticker',
}
const MIME_OF: Partial<Record<SimulatedMessage['kind'], string>> = {
  photo: 'image/jpeg',
  voice: 'audio/wav',
  video: 'video/webm',
  reel: 'video/webm',
  document: 'application/pdf',
}

/** The phones of Instagram. */
export function instagramStage({ emulator, token, account, people, reconnect, age }: Parts): Stage {
  const refs = new Map(people.map((person) => [person.chatId, openThread(emulator, account.id, person)]))
  const of = (chatId: number) => {
    const ref = refs.get(chatId)
    if (!ref) throw new SimulatorError(404, 'Not found')
    return ref
  }
  const faults = new InstagramFaults(emulator, token, reconnect)
  let traveledHours = 0
  const read = (chatId: number) => {
    const { blocked, accountSeenMid } = emulator.getThread(of(chatId))
    const messages = emulator.listMessages({ ...of(chatId), limit: MAX_SHOWN }).map(toMessage)
    return { messages, blocked, seenId: accountSeenMid }
  }
  const business: SimulatedBusiness = {
    platform: 'instagram',
    seed: SEED,
    name: account.name,
    username: account.username,
  }
  return {
    business,
    people,
    read,
    watch: (chatId, lastEventId, listener) => {
      const from = lastEventId === undefined ? {} : { lastEventId }
      return emulator.watchThread({ ...of(chatId), ...from }, (event, id) => listener(toEvent(event), id))
    },
    async act(chatId, act) {
      const { message, deliveryId } = play(emulator, of(chatId), act)
      faults.afterAct([deliveryId])
      return message ? [toMessage(message)] : []
    },
    setBlocked: (chatId, blocked) => void emulator.setThread({ ...of(chatId), blocked }),
    putFile: ({ bytes, mime }) => emulator.storeMedia({ bytes, mime }).mediaId,
    async readFile(chatId, key) {
      const { name } = requireShown(read(chatId), key)
      return { ...(await fetchFile(emulator, of(chatId), key)), name }
    },
    faults,
    async travel(hours) {
      emulator.travel(hours * HOUR_MS)
      // The product's clock stays, so that it never renews what runs out here.
      emulator.createAccount({ ...account, token })
      await age(hours * HOUR_MS)
      traveledHours += hours
    },
    traveledHours: () => traveledHours,
  }
}

type Ref = { accountId: string; igsid: string }

function openThread(emulator: InstagramEmulator, accountId: string, person: SimulatedPerson): Ref {
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ')
  const username = person.username ?? `customer.${person.chatId}`
  const { id: customerId } = emulator.createCustomer({ id: String(person.chatId), username, name })
  const { igsid } = emulator.openThread({ accountId, customerId })
  return { accountId, igsid }
}

type Told = { message: ThreadMessage | null; deliveryId: number | null }

function play(emulator: InstagramEmulator, ref: Ref, act: SimulatorAct): Told {
  switch (act.do) {
    case 'edit':
      return emulator.edit({ ...ref, mid: act.id, text: act.text })
    case 'unsend':
      requireOwn(emulator, ref, act.id)
      return emulator.unsend({ ...ref, mid: act.id })
    case 'react':
      return emulator.react({ ...ref, mid: act.id, emoji: act.emoji })
    case 'seen':
      return { message: null, deliveryId: emulator.see(ref).deliveryId }
    case 'story_reply':
      return emulator.write({ ...ref, text: act.text, storyId: '17900000000000001' })
    default:
      return write(emulator, ref, act)
  }
}

// The emulator lets both sides take theirs back; a phone only its own.
function requireOwn(emulator: InstagramEmulator, ref: Ref, mid: string): void {
  const message = emulator.listMessages(ref).find((one) => one.mid === mid)
  if (message?.from !== 'customer') throw new SimulatorError(404, 'Not found')
}

function write(emulator: InstagramEmulator, ref: Ref, act: SimulatorAct): Told {
  const replyTo = 'replyTo' in act ? act.replyTo : undefined
  const reply = replyTo === undefined ? {} : { replyToMid: replyTo }
  if (act.do === 'text') return emulator.write({ ...ref, text: act.text, ...reply })
  if (act.do === 'other') return emulator.write({ ...ref, unsupported: true, ...reply })
  return emulator.write({ ...ref, attachments: attachmentsOf(act), ...reply })
}

function attachmentsOf(act: SimulatorAct): NewAttachment[] {
  if (act.do === 'story_mention') return [{ type: 'story_mention' }]
  if (act.do === 'share') return [{ type: 'share', title: 'پست فروشگاه' }]
  if (act.do === 'reel') return [{ type: 'ig_reel', title: 'ریل فروشگاه', reelVideoId: '17900000000000002' }]
  if (act.do === 'album') return albumOf(act.files)
  const attachment = act.do === 'media' ? attachmentOf(act.kind) : undefined
  if (act.do !== 'media' || !attachment) throw notHere(act.do)
  return [act.file === undefined ? attachment : { ...attachment, mediaId: act.file }]
}

const attachmentOf = (kind: SimulatedMedia): NewAttachment | undefined =>
  kind === 'sticker' ? { type: 'like_heart' } : TYPE_OF[kind]

const albumOf = (files: string[]): NewAttachment[] =>
  files.length === 0
    ? [{ type: 'image' }, { type: 'image' }]
    : files.map((mediaId) => ({ type: 'image', mediaId }))

export function toMessage(message: ThreadMessage): SimulatedMessage {
  const [first] = message.attachments
  const kind = first ? (KIND_OF[first.type] ?? 'other') : plainKind(message)
  return shown({
    id: message.mid,
    from: message.from === 'customer' ? 'customer' : 'business',
    kind,
    text: message.text ?? first?.title ?? '',
    at: message.atMs,
    edited: message.edits > 0,
    unsent: message.unsent,
    files: message.attachments.flatMap(({ url }, index) =>
      url === null
        ? []
        : [{ key: `${message.mid}.${index}`, mime: MIME_OF[kind] ?? 'image/jpeg', name: null }],
    ),
    replyTo: message.replyTo && 'mid' in message.replyTo ? message.replyTo.mid : null,
    reactions: { customer: message.reactions.customer, business: message.reactions.account },
  })
}

const plainKind = ({ replyTo, unsupported }: ThreadMessage): SimulatedMessage['kind'] => {
  if (replyTo && 'story' in replyTo) return 'story_reply'
  return unsupported ? 'other' : 'text'
}

/** The link is the emulator's own, as it is now: the browser never learns it. */
async function fetchFile(emulator: InstagramEmulator, ref: Ref, key: string) {
  const at = key.lastIndexOf('.')
  const message = emulator
    .listMessages({ ...ref, limit: MAX_SHOWN })
    .find(({ mid }) => mid === key.slice(0, at))
  const url = message?.attachments[Number(key.slice(at + 1))]?.url
  // What a business sends may be a link of its own, which is not ours to fetch.
  if (!url?.startsWith(`${emulator.url}/cdn/`)) throw new SimulatorError(404, 'Not found')
  const response = await fetch(url)
  if (!response.ok) throw new SimulatorError(404, 'Not found')
  const mime = response.headers.get('content-type') ?? 'application/octet-stream'
  return { bytes: new Uint8Array(await response.arrayBuffer()), mime }
}

function toEvent(event: ThreadEvent): SimulatorEvent | 'reset' | null {
  switch (event.type) {
    case 'message':
    case 'message_edited':
    case 'message_unsent':
    case 'reaction':
      return { type: 'message', message: toMessage(event.message) }
    case 'seen':
      return event.by === 'account' ? { type: 'seen', id: event.mid } : null
    case 'blocked':
      return { type: 'blocked', blocked: event.blocked }
    case 'typing':
      return { type: 'typing', on: event.on }
    case 'reset':
      return 'reset'
    default:
      return null
  }
}
