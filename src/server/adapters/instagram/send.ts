import type { AttachmentKind } from '../../contract/attachment.ts'
import type { Outgoing, OutgoingFile, SendOutcome } from '../../core/ports/platform.ts'
import type { GraphAnswer } from './client.ts'
import { outcomeOf } from './outcome.ts'

type Post = (body: object) => Promise<GraphAnswer>
type Sending = Extract<Outgoing, { op: 'send' }>

const TYPES: Record<AttachmentKind, 'image' | 'video' | 'audio' | 'file'> = {
  image: 'image',
  sticker: 'image',
  voice: 'audio',
  audio: 'audio',
  video: 'video',
  animation: 'image',
  file: 'file',
}

/** Hands something over; `post` posts to the account's `messages`. */
export async function send(post: Post, outgoing: Outgoing): Promise<SendOutcome> {
  if (outgoing.op === 'send') return outcomeOf(await post(await messageOf(outgoing)), sent)
  if (outgoing.op === 'react') return react(post, outgoing)
  return { outcome: 'failed', error: 'Instagram changes no message that was sent' }
}

async function messageOf({ recipient, content, file, replyTo, isHumanAgent }: Sending) {
  return {
    recipient: { id: recipient },
    message: file ? { attachment: await attachmentOf(file) } : { text: content },
    ...(replyTo !== null && { reply_to: { mid: replyTo } }),
    ...(isHumanAgent && { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }),
  }
}

/** Instagram fetches the file itself, from an address that lives for a short while. */
const attachmentOf = async (file: OutgoingFile) => ({
  type: TYPES[file.kind],
  payload: { url: await file.url() },
})

function sent(body: Record<string, unknown>): SendOutcome {
  const { message_id: providerId, recipient_id } = body
  // It took the message and does not say what it calls it: the echo will.
  if (typeof providerId !== 'string' || providerId === '')
    return { outcome: 'ambiguous', error: 'Unknown error' }
  const result = { success: true, message_id: providerId, recipient_id, data: body }
  return { outcome: 'sent', providerId, result }
}

/** Instagram knows one reaction of ours, the heart. */
async function react(post: Post, { recipient, providerId, emoji }: Extract<Outgoing, { op: 'react' }>) {
  const action =
    emoji === null
      ? { sender_action: 'unreact', payload: { message_id: providerId } }
      : { sender_action: 'react', payload: { message_id: providerId, reaction: 'love' } }
  const outcome = outcomeOf(await post({ recipient: { id: recipient }, ...action }), (body) => ({
    outcome: 'sent',
    providerId,
    result: { success: true, data: body },
  }))
  // A reaction has no echo, and to repeat it changes nothing.
  return outcome.outcome === 'ambiguous'
    ? { ...outcome, outcome: 'retry' as const, retryAfterMs: null }
    : outcome
}
