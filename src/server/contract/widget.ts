import { z } from 'zod'
import { Attachment } from './attachment.ts'
import { Instant } from './customer.ts'
import { ClientId, MessageId } from './ids.ts'
import { asking, everywhere, frame, type SocketDoc } from './socket-doc.ts'
import { WebsiteLook } from './website.ts'

/** Messages in one page of a visitor's history. */
export const MAX_WIDGET_PAGE = 50
/** Messages replayed to one `resume`; who missed more loads the history again. */
export const MAX_WIDGET_REPLAY = 500
/** Most messages of a visitor's outbox that wait for a connection. */
export const MAX_WIDGET_OUTBOX = 50

/** Who a visitor is, as the site's own server says: a short-lived token, or (for compatibility) a keyed digest of their id. */
export const VisitorProof = z.union([
  z.strictObject({ token: z.string().min(1).max(4096) }),
  z.strictObject({ user_id: z.string().min(1).max(200), hmac: z.string().regex(/^[0-9a-f]{64}$/i) }),
])
export type VisitorProof = z.infer<typeof VisitorProof>

/** Asks for a visitor's token. `visitor` is what an earlier answer gave this browser to come back with. */
export const OpenWidgetSession = z.object({
  site_key: z.string().min(1).max(100),
  visitor: z.string().max(300).nullish(),
  identity: VisitorProof.nullish(),
})
export type OpenWidgetSession = z.infer<typeof OpenWidgetSession>

/** Whether somebody is there to answer, and how soon people are answered as a rule: null while that is not known. */
export const WidgetPresence = z.strictObject({
  is_online: z.boolean(),
  reply_seconds: z.number().int().positive().nullable(),
})
export type WidgetPresence = z.infer<typeof WidgetPresence>

const { accent, theme, position, language, greeting } = WebsiteLook.shape

/** What a site's widget is to look like. */
export const WidgetSettings = z.strictObject({
  name: z.string(),
  accent,
  theme,
  position,
  language,
  greeting,
  reply_time: z.string(),
  away: z.string(),
})
export type WidgetSettings = z.infer<typeof WidgetSettings>

export const WidgetSession = z.strictObject({
  token: z.string(),
  /** Seconds for which the token is good. */
  expires_in: z.number().int().positive(),
  /** Keep it, and bring it along next time; null of a visitor who is identified. */
  visitor: z.string().nullable(),
  is_identified: z.boolean(),
  settings: WidgetSettings,
  presence: WidgetPresence,
  has_conversation: z.boolean(),
  unread: z.number().int().min(0),
})
export type WidgetSession = z.infer<typeof WidgetSession>

/** A message as its visitor sees it. A later one with the same id replaces it. */
export const WidgetMessage = z.strictObject({
  id: MessageId,
  seq: z.number().int().min(1),
  from: z.enum(['visitor', 'agent', 'bot']),
  /** The name of the person who answered. */
  name: z.string().nullable(),
  content: z.string(),
  client_id: ClientId.nullable(),
  attachments: z.array(Attachment.extend({ url: z.string().nullable(), thumb_url: z.string().nullable() })),
  quote: z.string().nullable(),
  /** What those who answer think of it: an emoji. */
  reaction: z.string().nullable(),
  created_at: Instant,
  edited_at: Instant.nullable(),
  deleted_at: Instant.nullable(),
})
export type WidgetMessage = z.infer<typeof WidgetMessage>

const seq = z.number().int().min(0)
const page = { messages: z.array(WidgetMessage) }

/** The visitor's socket, `/ws/widget/`. */
export const WIDGET_SOCKET: SocketDoc = {
  path: '/ws/widget/',
  summary: 'A website visitor’s conversation',
  client: {
    message: asking(
      'message',
      { client_id: ClientId, content: z.string(), attachments: z.array(z.string()).optional() },
      'Says something; the same client_id again is the same message',
    ),
    typing: asking('typing', { is_typing: z.boolean() }, 'Starts or stops typing'),
    read: asking('read', { up_to: seq }, 'Everything up to that seq was on the screen'),
    history: asking('history', { before: seq.nullish() }, 'Asks for a page, the newest without `before`'),
    resume: asking('resume', { after_seq: seq }, 'Asks for what came after a seq'),
    renew: asking('renew', { token: z.string() }, 'Goes on under a newer token of the same visitor'),
    ...everywhere.client,
  },
  server: {
    welcome: frame(
      'welcome',
      {
        last_seq: seq,
        read_up_to: seq,
        seen_up_to: seq,
        has_conversation: z.boolean(),
        presence: WidgetPresence,
      },
      'The first frame: where the conversation stands',
    ),
    ack: frame('ack', { client_id: ClientId, message: WidgetMessage }, 'Your message is stored'),
    refused: frame(
      'refused',
      {
        client_id: ClientId,
        error: z.string(),
        code: z.string(),
        retry_after_ms: z.number().int().optional(),
      },
      'Your message was not taken',
    ),
    message: frame(
      'message',
      { message: WidgetMessage },
      'Somebody said something, or what was said has changed',
    ),
    history: frame('history', { ...page, has_older: z.boolean() }, 'A page, oldest first'),
    resumed: frame('resumed', page, 'What came after the seq you named'),
    reset: frame(
      'reset',
      {},
      'Too much was missed for a resume, or the conversation is gone: load the history',
    ),
    typing: frame('typing', { is_typing: z.boolean(), name: z.string() }, 'Somebody answers, or stopped'),
    read: frame('read', { up_to: seq }, 'What you said up to that seq has been read'),
    seen: frame('seen', { up_to: seq }, 'You have read up to that seq, in another window perhaps'),
    presence: frame(
      'presence',
      { presence: WidgetPresence },
      'Somebody came to answer, or the last one left',
    ),
    ...everywhere.server,
  },
}
