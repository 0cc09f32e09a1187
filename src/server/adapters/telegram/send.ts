import type { AttachmentKind } from '../../contract/attachment.ts'
import { formatHtml, visibleText } from '../../contract/format.ts'
import type { Outgoing, OutgoingFile, SendOutcome } from '../../core/ports/platform.ts'
import type { TelegramAnswer, TelegramBody } from './client.ts'
import type { FormFile } from './multipart.ts'
import { isRefusedFor, outcomeOf } from './outcome.ts'

/** Calls a method of one channel's bot. */
export type CallMethod = (
  method: string,
  params: Record<string, unknown>,
  file?: FormFile,
) => Promise<TelegramAnswer>

type Op<Name extends Outgoing['op']> = Extract<Outgoing, { op: Name }>

/** Hands over what goes to a customer, or a later change of it. */
export function handOver(call: CallMethod, outgoing: Outgoing): Promise<SendOutcome> {
  if (outgoing.op === 'send') return send(call, outgoing)
  if (outgoing.op === 'edit') return edit(call, outgoing)
  return outgoing.op === 'delete' ? remove(call, outgoing) : react(call, outgoing)
}

/** The method for each kind of file, and the field in which it takes one. */
const METHODS: Record<AttachmentKind, [method: string, field: string]> = {
  image: ['sendPhoto', 'photo'],
  voice: ['sendVoice', 'voice'],
  audio: ['sendAudio', 'audio'],
  video: ['sendVideo', 'video'],
  animation: ['sendAnimation', 'animation'],
  file: ['sendDocument', 'document'],
  sticker: ['sendDocument', 'document'],
}

async function send(call: CallMethod, { recipient, content, file, replyTo }: Op<'send'>) {
  const attempt: Attempt = file ? withFile(call, file) : inMessage(call)
  const answer = await answering(replyTo, (reply) =>
    inWords(file ? 'caption' : 'text', content, (words) =>
      movingAlong({ chat_id: recipient, ...reply, ...words }, attempt),
    ),
  )
  return outcomeOf(answer, toSent)
}

type Params = Record<string, unknown>
type Attempt = (params: Params) => Promise<TelegramAnswer>

const inMessage =
  (call: CallMethod): Attempt =>
  (params) =>
    call('sendMessage', params)

const withFile =
  (call: CallMethod, file: OutgoingFile): Attempt =>
  (params) => {
    const [method, field] = METHODS[file.kind]
    const { name, mime, size } = file
    return call(method, params, { field, name, mime, size, read: () => file.read() })
  }

/** What is answered may be gone meanwhile: then it is sent all the same. */
async function answering(replyTo: string | null, attempt: Attempt): Promise<TelegramAnswer> {
  const id = replyTo === null ? null : messageIdOf(replyTo)
  if (id === null) return attempt({})
  const reply_parameters = { message_id: id, allow_sending_without_reply: true }
  const answer = await attempt({ reply_parameters })
  return isRefusedFor(answer, /message to be replied not found/i) ? attempt({}) : answer
}

/** Tries a text with its formatting and, only where Telegram cannot read that, once more in plain words. */
async function inWords(
  field: 'text' | 'caption',
  content: string,
  attempt: Attempt,
): Promise<TelegramAnswer> {
  if (field === 'caption' && content === '') return attempt({})
  const html = formatHtml(content)
  if (html === null) return attempt({ [field]: content })
  const answer = await attempt({ [field]: html, parse_mode: 'HTML' })
  const isUnread = isRefusedFor(answer, /can't parse entities/i)
  return isUnread ? attempt({ [field]: visibleText(content) }) : answer
}

/** A chat that moved says where to, and took nothing: it is asked there, once. */
async function movingAlong(params: Params, attempt: Attempt): Promise<TelegramAnswer> {
  const answer = await attempt(params)
  if (answer.kind !== 'answered' || answer.body.ok) return answer
  const moved = (answer.body.parameters as { migrate_to_chat_id?: unknown } | undefined)?.migrate_to_chat_id
  return Number.isSafeInteger(moved) ? attempt({ ...params, chat_id: moved }) : answer
}

async function edit(call: CallMethod, { content, hasFile, ...about }: Op<'edit'>): Promise<SendOutcome> {
  const place = placeOf(about)
  if (!place) return NO_SUCH_MESSAGE
  const method = hasFile ? 'editMessageCaption' : 'editMessageText'
  const answer = await inWords(hasFile ? 'caption' : 'text', content, (words) =>
    call(method, { ...place, ...words }),
  )
  // It already says so: an edit that was lost on its way, and repeated.
  return isRefusedFor(answer, /message is not modified/i)
    ? done(about.providerId)
    : outcomeOf(answer, () => done(about.providerId))
}

async function remove(call: CallMethod, about: Op<'delete'>): Promise<SendOutcome> {
  const place = placeOf(about)
  if (!place) return NO_SUCH_MESSAGE
  const answer = await call('deleteMessage', place)
  return isRefusedFor(answer, /message to delete not found|MESSAGE_ID_INVALID/i)
    ? done(about.providerId)
    : outcomeOf(answer, () => done(about.providerId))
}

async function react(call: CallMethod, about: Op<'react'>): Promise<SendOutcome> {
  const place = placeOf(about)
  if (!place) return NO_SUCH_MESSAGE
  const reaction = about.emoji === null ? [] : [{ type: 'emoji', emoji: about.emoji }]
  const answer = await call('setMessageReaction', { ...place, reaction })
  return outcomeOf(answer, () => done(about.providerId))
}

const NO_SUCH_MESSAGE: SendOutcome = { outcome: 'failed', error: 'Telegram knows no such message' }

const done = (providerId: string): SendOutcome => ({ outcome: 'sent', providerId, result: { success: true } })

function placeOf({ recipient, providerId }: { recipient: string; providerId: string }) {
  const id = messageIdOf(providerId)
  // A chat that moved is named in the message's own id.
  const chat = /^(-?\d+):/.exec(providerId)?.[1] ?? recipient
  return id === null ? null : { chat_id: chat, message_id: id }
}

const messageIdOf = (providerId: string): number | null => {
  const id = Number(/^-?\d+:(\d+)$/.exec(providerId)?.[1] ?? Number.NaN)
  return Number.isSafeInteger(id) ? id : null
}

function toSent(body: TelegramBody): SendOutcome {
  const message = body.result as { message_id?: unknown; chat?: { id?: unknown } } | undefined
  const messageId = message?.message_id
  const chatId = message?.chat?.id
  if (typeof messageId !== 'number' || chatId === undefined)
    return { outcome: 'unconfirmed', error: 'Unknown error' }
  const result = { success: true, message_id: messageId, data: body }
  return { outcome: 'sent', providerId: `${chatId}:${messageId}`, result }
}
