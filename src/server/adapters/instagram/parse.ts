import { createHash } from 'node:crypto'
import { DomainError } from '../../core/errors.ts'
import type { ParsedEvent } from '../../core/ports/platform.ts'
import { type Fields, fields, parseJson, textOf } from '../foreign.ts'
import { contentOf } from './content.ts'
import { idOf, list, word } from './read.ts'

interface Item {
  key: string
  account: string
  /** The customer, whichever way the message went. */
  customer: string
  isOwn: boolean
  fields: Fields
}

/** Understands one event in its envelope, as `openBody` makes it. Throws invalid_input where it is none. */
export function parseItem(raw: string): ParsedEvent {
  const entry = fields(list(fields(parseJson(raw))?.entry)[0])
  if (!entry) throw new DomainError('invalid_input', 'This is not an event of Instagram')
  const change = fields(list(entry.changes)[0])
  if (change && change.field !== 'messages')
    return { kind: 'ignored', key: hash([entry.id, raw]), reason: word(change.field) }
  const said = fields(change?.value ?? list(entry.messaging)[0] ?? list(entry.standby)[0])
  if (!said) throw new DomainError('invalid_input', 'The event holds nothing')
  return parseSaid(itemOf(idOf(entry.id) ?? '', said, raw))
}

function itemOf(entryId: string, said: Fields, raw: string): Item {
  const sender = idOf(fields(said.sender)?.id)
  const recipient = idOf(fields(said.recipient)?.id)
  const isOwn = fields(said.message)?.is_echo === true || (sender !== null && sender === entryId)
  const customer = isOwn ? recipient : sender
  if (customer === null) throw new DomainError('invalid_input', 'The event names no sender')
  return {
    key: keyOf(entryId, said) ?? hash([entryId, raw]),
    account: entryId,
    customer,
    isOwn,
    fields: said,
  }
}

/** Instagram numbers its events by nothing: what is repeated has the same message, kind, time and count. */
function keyOf(account: string, said: Fields): string | null {
  const named = ['message', 'message_edit', 'reaction', 'read', 'postback'].find((name) => fields(said[name]))
  if (!named) return null
  const about = fields(said[named]) ?? {}
  const state = about.is_deleted === true ? 'deleted' : ''
  const { mid, num_edit, action, reaction, emoji } = about
  return hash([account, named, mid, state, said.timestamp, String(num_edit ?? ''), action, reaction, emoji])
}

const hash = (parts: unknown[]): string =>
  `ig:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`

function parseSaid(item: Item): ParsedEvent {
  const { fields: said, key } = item
  const message = fields(said.message)
  if (message) return parseMessage(item, message)
  const postback = fields(said.postback)
  if (postback) return parsePostback(item, postback)
  const edit = fields(said.message_edit)
  if (edit) return parseEdit(item, edit)
  const reaction = fields(said.reaction)
  if (reaction) return parseReaction(item, reaction)
  const read = fields(said.read)
  if (read) return parseRead(item, read)
  return { kind: 'ignored', key, reason: nameOf(said) }
}

function parseMessage(item: Item, message: Fields): ParsedEvent {
  const { key, customer } = item
  const providerId = requireMid(message)
  if (message.is_deleted === true) return { kind: 'unsend', key, sourceId: customer, providerId }
  const { replyTo, ...content } = contentOf(message)
  const said = {
    key,
    providerId,
    sourceId: customer,
    firstName: null,
    lastName: null,
    username: null,
    ...content,
    ...(replyTo && { replyTo }),
    ...timeOf(item.fields),
  }
  if (!item.isOwn) return { kind: 'message', message: said }
  const extras = { ...said.extras, via: 'instagram_app' as const }
  // The application's id says that a program sent it, not that it was this one.
  return { kind: 'echo', message: { ...said, extras }, isOurs: null }
}

/** A button that a customer pressed says its title. */
function parsePostback({ key, customer, isOwn, fields: said }: Item, postback: Fields): ParsedEvent {
  if (isOwn) return { kind: 'ignored', key, reason: 'own postback' }
  const content = textOf(postback.title) ?? textOf(postback.payload) ?? 'Button'
  const providerId = idOf(postback.mid) ?? key
  const names = { firstName: null, lastName: null, username: null }
  const rest = { ...names, content, kind: 'text' as const, ...timeOf(said) }
  const message = { key, providerId, sourceId: customer, ...rest }
  return { kind: 'message', message }
}

function parseEdit({ key, customer, fields: said }: Item, edit: Fields): ParsedEvent {
  const content = textOf(edit.text)
  // Applications in development were told of new messages this way, without a word of them.
  if (content === null) return { kind: 'ignored', key, reason: 'edit without text' }
  return { kind: 'edit', key, sourceId: customer, providerId: requireMid(edit), content, ...timeOf(said) }
}

function parseReaction({ key, customer, isOwn, fields: said }: Item, reaction: Fields): ParsedEvent {
  if (isOwn) return { kind: 'ignored', key, reason: 'own reaction' }
  const emoji = textOf(reaction.emoji)?.slice(0, 64) ?? NAMED_REACTIONS[String(reaction.reaction)] ?? '❤️'
  const emojis = reaction.action === 'unreact' ? [] : [emoji]
  const providerId = requireMid(reaction)
  return { kind: 'reaction', key, sourceId: customer, providerId, emojis, ...timeOf(said) }
}

/** Where only the word comes. */
const NAMED_REACTIONS: Readonly<Record<string, string>> = {
  love: '❤️',
  like: '👍',
  dislike: '👎',
  wow: '😮',
  smile: '😆',
  sad: '😢',
  angry: '😠',
}

function parseRead({ key, customer, isOwn }: Item, read: Fields): ParsedEvent {
  const providerId = idOf(read.mid)
  if (isOwn || providerId === null) return { kind: 'ignored', key, reason: 'read' }
  return { kind: 'seen', key, sourceId: customer, providerId }
}

/** Latest instant believed: a date beyond it cannot be written. */
const MAX_TIME = Date.UTC(9999, 0)

/** When it happened, as Instagram says. */
function timeOf({ timestamp }: Fields): { at?: string } {
  const at = Number(timestamp)
  return at > 0 && at < MAX_TIME ? { at: new Date(at).toISOString() } : {}
}

function requireMid(about: Fields): string {
  const mid = idOf(about.mid)
  if (mid === null) throw new DomainError('invalid_input', 'The event names no message')
  return mid
}

const ENVELOPE = new Set(['sender', 'recipient', 'timestamp'])

const nameOf = (said: Fields): string =>
  word(Object.keys(said).find((name) => !ENVELOPE.has(name)) ?? 'empty')
