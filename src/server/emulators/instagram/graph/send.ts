import { actIn, addMessage, tellMessage } from '../world/acting.ts'
import { newMid } from '../world/ids.ts'
import { newMessage, type StoredAttachment, type StoredMessage } from '../world/thread.ts'
import type { Answer, Call } from './call.ts'
import { fetchMedia } from './fetch-media.ts'
import { badParameter, graphError } from './graph-error.ts'
import { asMembers, type Params } from './params.ts'
import { runSenderAction } from './sender-actions.ts'
import { attachmentOf, readSending, requireReachable, requireWindow, type Sending } from './sending.ts'

const MAX_TEXT_BYTES = 1_000
const MAX_QUICK_REPLIES = 13
const MAX_ELEMENTS = 10
const MAX_BUTTONS = 3
const FETCHED = new Set(['image', 'video', 'audio', 'file'])

/** POST …/messages: one text, one attachment or one action to one person. */
export async function sendMessage(call: Call): Promise<Answer> {
  const sending = readSending(call)
  if (call.params.has('sender_action')) {
    requireRate(call, null)
    return runSenderAction(call, sending)
  }
  const message = call.params.object('message')
  if (message === null) throw badParameter('Param message must be non-empty.')
  const text = readText(message)
  const attachment = attachmentOf(message)
  if ((text === null) === (attachment === null)) {
    throw badParameter('Param message must have either text or an attachment')
  }
  requireQuickReplies(message)
  requireRate(call, attachment)
  requireReachable(sending.thread)
  requireWindow(call, sending)
  const replyTo = readReply(call.params, sending)
  const attachments = attachment === null ? [] : [await readAttachment(call, attachment)]
  return store(call, sending, { text, attachments, replyTo })
}

/** The echo of a send goes before its own answer or after it, or not at all. */
async function store(
  call: Call,
  { thread, isTagged }: Sending,
  said: Partial<StoredMessage>,
): Promise<Answer> {
  const { world, account } = call
  const acting = actIn(world, { accountId: account.id, igsid: thread.igsid })
  const { echo, echoAppId } = world.app.delivery
  const message = newMessage({
    mid: newMid(),
    from: 'account',
    via: 'api',
    atMs: acting.nowMs,
    appId: echoAppId ? world.app.id : null,
    tagged: isTagged,
    ...said,
  })
  addMessage(acting, message)
  const body = { recipient_id: thread.igsid, message_id: message.mid }
  if (echo === 'before') await world.webhooks.triedOnce(tellMessage(acting, message))
  return echo === 'after' ? { body, after: () => tellMessage(acting, message) } : { body }
}

function readText(message: Record<string, unknown>): string | null {
  const { text } = message
  if (text === undefined || text === null) return null
  if (typeof text !== 'string' || text.trim() === '')
    throw badParameter('Param message[text] must be non-empty')
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) {
    throw badParameter(`Length of param message[text] must be less than or equal to ${MAX_TEXT_BYTES}`)
  }
  return text
}

async function readAttachment({ world }: Call, input: Record<string, unknown>): Promise<StoredAttachment> {
  const type = String(input.type ?? '')
  const payload = asMembers(input.payload) ?? {}
  const shown = { type, assetId: null, mediaId: null, url: null, title: null, reelVideoId: null }
  if (FETCHED.has(type)) {
    return { ...shown, assetId: world.media.publish(await fetchMedia(type, payload.url)) }
  }
  if (type === 'like_heart') return shown
  if (type === 'MEDIA_SHARE' && payload.id) return { ...shown, type: 'share' }
  if (type === 'template') {
    requireTemplate(payload)
    return shown
  }
  throw badParameter(
    'Param message[attachment][type] must be one of {image, video, audio, file, like_heart, MEDIA_SHARE, template}',
  )
}

function requireTemplate(payload: Record<string, unknown>): void {
  const [elements, buttons] = [sizeOf(payload.elements), sizeOf(payload.buttons)]
  if (elements + buttons === 0) throw badParameter('Param message[attachment][payload] must be non-empty')
  if (elements > MAX_ELEMENTS) throw badParameter(`At most ${MAX_ELEMENTS} elements are allowed`)
  if (buttons > MAX_BUTTONS) throw badParameter(`At most ${MAX_BUTTONS} buttons are allowed`)
}

function requireQuickReplies(message: Record<string, unknown>): void {
  if (sizeOf(message.quick_replies) <= MAX_QUICK_REPLIES) return
  throw badParameter(`At most ${MAX_QUICK_REPLIES} quick replies are allowed`)
}

function readReply(params: Params, { thread }: Sending): StoredMessage['replyTo'] {
  const asked = params.object('reply_to')
  if (asked === null) return null
  const found = thread.find(String(asked.mid ?? ''))
  if (found === null || found.unsent)
    throw badParameter('Param reply_to[mid] is not a message of this thread')
  return { mid: found.mid }
}

function requireRate({ world, account }: Call, attachment: Record<string, unknown> | null): void {
  const isHeavy = attachment?.type === 'audio' || attachment?.type === 'video'
  if (!world.rates.take(account.id, isHeavy ? 'media' : 'text')) throw graphError(613)
}

function sizeOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0
}
