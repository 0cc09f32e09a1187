import { attachmentUrl } from '../webhooks/items.ts'
import type { StoredAttachment, StoredMessage, Thread } from '../world/thread.ts'
import type { Answer, Call } from './call.ts'
import { type Field, parseFields, pick } from './fields.ts'
import { badParameter, graphError, noSuchObject } from './graph-error.ts'

const DEFAULT_PAGE = 25
const MAX_PAGE = 100
/** Of older messages Graph says that they were deleted. */
const DETAILED = 20

export function listConversations(call: Call): Answer {
  const { account, params } = call
  requireRate(call)
  const platform = params.text('platform')
  if (platform !== '' && platform !== 'instagram') throw badParameter('Param platform must be instagram')
  const person = params.text('user_id')
  const fields = parseFields(params.text('fields') || 'id,updated_time')
  const threads = account
    .threads()
    .filter((thread) => thread.messages().length > 0 && !thread.deleted)
    .filter((thread) => person === '' || thread.igsid === person)
    .sort((one, other) => other.updatedMs - one.updatedMs)
  const { data, paging } = page(threads, call)
  return { body: { data: data.map((thread) => conversation(call, thread, fields)), ...paging } }
}

export function readConversation(call: Call): Answer {
  requireRate(call)
  const thread = call.account.findConversation(call.target.id)
  if (thread === null) throw noSuchObject('get', call.target.id)
  return { body: conversation(call, thread, parseFields(call.params.text('fields') || 'id,updated_time')) }
}

export function readMessage(call: Call): Answer {
  requireRate(call)
  const { id } = call.target
  const thread = call.account.findThreadOf(id)
  const message = thread?.find(id)
  if (!thread || !message || message.unsent) throw noSuchObject('get', id)
  if (!newestOf(thread).slice(0, DETAILED).includes(message)) {
    throw graphError(100, undefined, '(#100) This message has been deleted')
  }
  const fields = parseFields(call.params.text('fields') || 'id,created_time')
  return { body: messageNode(call, { thread, message }, fields) }
}

function conversation(call: Call, thread: Thread, fields: readonly Field[]): object {
  const { account } = call
  const asked = fields.find(({ name }) => name === 'messages')
  const values = {
    id: thread.conversationId,
    updated_time: graphTime(thread.updatedMs),
    participants: {
      data: [
        { id: account.id, username: account.username },
        { id: thread.igsid, username: thread.customer.username },
      ],
    },
    messages: asked && messagesOf(call, thread, asked),
  }
  return pick(values, fields, 'Conversation')
}

function messagesOf(call: Call, thread: Thread, { limit, fields }: Field): object {
  const asked = fields.length > 0 ? fields : parseFields('id,created_time')
  const size = Math.min(limit ?? DEFAULT_PAGE, MAX_PAGE)
  const newest = newestOf(thread).slice(0, size)
  const data = newest.map((message, place) => {
    const told = place < DETAILED ? asked : asked.filter(({ name }) => /^(id|created_time)$/.test(name))
    return messageNode(call, { thread, message }, told)
  })
  return { data }
}

function messageNode(
  { world, account }: Call,
  { thread, message }: { thread: Thread; message: StoredMessage },
  fields: readonly Field[],
): object {
  const own = { id: account.id, username: account.username }
  const other = { id: thread.igsid, username: thread.customer.username }
  const isTheirs = message.from === 'customer'
  const files = message.attachments.map((one) => fileNode(one, attachmentUrl(world.media, one)))
  const values = {
    id: message.mid,
    created_time: graphTime(message.atMs),
    from: isTheirs ? other : own,
    to: { data: [isTheirs ? own : other] },
    message: message.text ?? '',
    attachments: files.length === 0 ? null : { data: files },
    reactions: reactionsOf(message, { own, other }),
    reply_to: message.replyTo && 'mid' in message.replyTo ? { mid: message.replyTo.mid } : null,
    story: message.replyTo && 'story' in message.replyTo ? { reply_to: message.replyTo.story } : null,
    is_unsupported: message.unsupported || null,
  }
  return pick(values, fields, 'Message')
}

function fileNode({ type }: StoredAttachment, url: string | null): object {
  if (type === 'image') return { image_data: { url } }
  if (type === 'video') return { video_data: { url } }
  return { file_url: url }
}

type Named = { id: string; username: string }

function reactionsOf({ reactions }: StoredMessage, { own, other }: { own: Named; other: Named }) {
  const given = [
    ...(reactions.customer === null ? [] : [{ reaction: reactions.customer, users: [other] }]),
    ...(reactions.account === null ? [] : [{ reaction: reactions.account, users: [own] }]),
  ]
  return given.length === 0 ? null : { data: given }
}

function newestOf(thread: Thread): StoredMessage[] {
  return thread
    .messages()
    .filter(({ unsent }) => !unsent)
    .reverse()
}

function page<Item>(items: readonly Item[], { params }: Call): { data: Item[]; paging: object } {
  const asked = Number(params.text('limit') || DEFAULT_PAGE)
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_PAGE) : DEFAULT_PAGE
  const start = Number(Buffer.from(params.text('after'), 'base64url').toString()) || 0
  const after = Buffer.from(String(start + size)).toString('base64url')
  const hasMore = start + size < items.length
  return {
    data: items.slice(start, start + size),
    paging: hasMore ? { paging: { cursors: { after } } } : {},
  }
}

function requireRate({ world, account }: Call): void {
  if (!world.rates.take(account.id, 'conversations')) throw graphError(80002)
}

function graphTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, '+0000')
}
