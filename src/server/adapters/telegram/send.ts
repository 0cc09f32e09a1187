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
  const params = { chat_id: recipient, ...answering(replyTo) }
  const answer = file
    ? await sendFile(call, { ...params, ...captionOf(content) }, file)
    : await inWords(content, (text) => movingAlong(call, 'sendMessage', { ...params, ...text }))
  return outcomeOf(answer, toSent)
}

// What is answered may be gone meanwhile: then it is sent all the same.
function answering(replyTo: string | null) {
  const id = replyTo === null ? null : messageIdOf(replyTo)
  return id === null ? {} : { reply_parameters: { message_id: id, allow_sending_without_reply: true } }
}

function sendFile(call: CallMethod, params: Record<string, unknown>, file: OutgoingFile) {
  const [method, field] = METHODS[file.kind]
  const { name, mime, size } = file
  return call(method, params, { field, name, mime, size, read: () => file.read() })
}

function captionOf(content: string): Record<string, unknown> {
  if (content === '') return {}
  const html = formatHtml(content)
  return { caption: html ?? content, ...(html !== null && { parse_mode: 'HTML' }) }
}

/** Tries a text with its formatting and, only where Telegram cannot read that, once more in plain words. */
async function inWords(
  content: string,
  attempt: (text: Record<string, unknown>) => Promise<TelegramAnswer>,
): Promise<TelegramAnswer> {
  const html = formatHtml(content)
  if (html === null) return attempt({ text: content })
  const answer = await attempt({ text: html, parse_mode: 'HTML' })
  const isUnread = isRefusedFor(answer, /can't parse entities/i)
  return isUnread ? attempt({ text: visibleText(content) }) : answer
}

/** A chat that moved says where to, and took nothing: it is asked there, once. */
async function movingAlong(
  call: CallMethod,
  method: string,
  params: Record<string, unknown>,
): Promise<TelegramAnswer> {
  const answer = await call(method, params)
  if (answer.kind !== 'answered' || answer.body.ok) return answer
  const moved = (answer.body.parameters as { migrate_to_chat_id?: unknown } | undefined)?.migrate_to_chat_id
  return Number.isSafeInteger(moved) ? call(method, { ...params, chat_id: moved }) : answer
}

async function edit(call: CallMethod, { content, hasFile, ...about }: Op<'edit'>): Promise<SendOutcome> {
  const place = placeOf(about)
  if (!place) return NO_SUCH_MESSAGE
  const answer = hasFile
    ? await call('editMessageCaption', { ...place, ...captionOf(content) })
    : await inWords(content, (text) => call('editMessageText', { ...place, ...text }))
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
