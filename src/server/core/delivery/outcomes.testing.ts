import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFetchMedia } from '../../adapters/http/fetch-media.ts'
import { createInstagram } from '../../adapters/instagram/platform.ts'
import { createTelegram } from '../../adapters/telegram/platform.ts'
import type { DeliveryOp } from '../../contract/message.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { editMessage } from '../messages/edit.ts'
import { reactToMessage } from '../messages/react.ts'
import { sendMessage } from '../messages/send.ts'
import { unsendMessage } from '../messages/unsend.ts'
import { handOver, UNTOLD_REST_MS } from './hand-over.ts'
import { ECHO_WAIT_MS } from './settle.ts'

/** What a platform says, word for word; `cut` is a connection that ends instead. */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> } | 'cut'

/** What the platform is spoken to with, and nobody is to read. */
export const TOKEN = '123:the-token-of-the-shop'
const LEASE_MS = 60_000

/** What becomes of a hand-over: its state, the next step and when, and whom nothing is handed to until then. */
export interface Becomes {
  state: string
  next?: 'retry' | 'asked' | 'echo' | 'reconnection'
  afterMs?: number
  frozen?: [whom: 'contact' | 'channel', ms: number][]
  unreachable?: unknown
  /** How often the platform is asked. */
  calls?: number
}

export const fails = (unreachable?: unknown): Becomes => ({ state: 'failed', unreachable })
export const done = (calls = 1): Becomes => ({ state: 'sent', calls })
export const again: Becomes = { state: 'queued', next: 'retry', afterMs: 250 }
export const waits = (whom: 'contact' | 'channel', ms: number): Becomes => {
  return { state: 'queued', next: 'asked', afterMs: ms, frozen: [[whom, ms]] }
}
export const rests: Becomes = { ...again, frozen: [['channel', UNTOLD_REST_MS]] }
export const stops: Becomes = { state: 'queued', next: 'reconnection' }
export const unsure: Becomes = { state: 'unconfirmed' }
export const echo: Becomes = { state: 'sending', next: 'echo', afterMs: ECHO_WAIT_MS }

export const full = (becomes: Becomes) => ({
  ...{ next: null, afterMs: null, frozen: [], calls: 1, ...becomes },
  unreachable: becomes.unreachable ?? null,
})

/** Every refusal quotes the address that it was asked at. */
export const leaking = (words: string) => `${words} (/bot${TOKEN}/x)`

/** A platform that says what it is told to, in turn, and after that accepts everything. */
export async function startVendor() {
  const replies: Reply[] = []
  let calls = 0
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    calls += 1
    const path = (request.url ?? '').split('?')[0] ?? ''
    const reply = path === '/refresh_access_token' ? NO_TOKEN : (replies.shift() ?? taken(path, calls))
    if (reply === 'cut') return void response.destroy()
    const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
    response.writeHead(reply.status, reply.headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  const countCalls = () => calls
  return { root, replies, countCalls, close }
}

type Vendor = Awaited<ReturnType<typeof startVendor>>

/** A token that is refused is not renewed either. */
const NO_TOKEN: Reply = { status: 400, body: { error: { code: 452, message: 'Session key invalid.' } } }

function taken(path: string, count: number): Reply {
  const isTelegram = path.startsWith('/bot')
  const message = { message_id: 1_000 + count, chat: { id: 42 } }
  return {
    status: 200,
    body: isTelegram ? { ok: true, result: message } : { recipient_id: '42', message_id: `m${count}` },
  }
}

export const platformsAt = ({ root }: Vendor) => ({
  telegram: createTelegram({ apiRoot: root }),
  instagram: createInstagram({
    graphRoot: root,
    version: 'v23.0',
    app: { appSecret: 'secret' },
    fetchMedia: createFetchMedia(),
  }),
})

/** Hands one thing over to a platform that answers so, and tells what can be seen of it afterwards. */
export async function outcomeOf(
  vendor: Vendor,
  { source, op, says }: { source: 'telegram' | 'instagram'; op: DeliveryOp; says: readonly Reply[] },
) {
  const { ctx, clock } = createTestCtx()
  Object.assign(ctx, { platforms: platformsAt(vendor) })
  const frozen: [whom: string, ms: number][] = []
  ctx.pace.freeze = async (key, ms) => void frozen.push([key.split(':')[0] ?? '', ms])
  const anna = await actAs(ctx, 'anna')
  const { channelId, conversationId, hello } = await openThread(anna, source)
  const draft = { conversationId, content: '<b>hi</b>', type: 'support' as const, clientId: null }
  const { message: ours } = await sendMessage(anna, draft)
  const [messageId, before] = op === 'react' ? [hello, 1] : [ours.id, op === 'send' ? 0 : 1]
  if (before > 0) await handOverNext(anna)
  if (op === 'edit') await editMessage(anna, { messageId, content: '<b>ho</b>' })
  if (op === 'delete') await unsendMessage(anna, { messageId })
  if (op === 'react') await reactToMessage(anna, { messageId, emoji: '❤️' })
  vendor.replies.splice(0, vendor.replies.length, ...says)
  const callsBefore = vendor.countCalls()
  await handOverNext(anna)
  const record = (await ctx.deliveries.history(messageId)).find((one) => one.op === op)
  const attempt = record?.attempts.at(-1)
  const channel = await ctx.channels.findById(channelId)
  const conversation = await ctx.conversations.find([anna.actor.workspaceId], conversationId)
  return {
    becomes: {
      state: record?.state,
      next: attempt?.next ?? null,
      afterMs: attempt?.nextAt ? Date.parse(attempt.nextAt) - clock.now() : null,
      frozen,
      unreachable: conversation?.customer.unreachable ?? null,
      calls: vendor.countCalls() - callsBefore,
    },
    said: attempt?.error ?? null,
    code: attempt?.code ?? null,
    stoppedFor: channel?.stoppedReason ?? null,
    stored: JSON.stringify([record, channel?.stoppedReason, conversation]),
  }
}

/** A customer who has just written; their message can be answered and reacted to. */
async function openThread(anna: MemberCtx, source: 'telegram' | 'instagram') {
  const { workspaceId } = anna.actor
  const account = { source, name: 'Shop', externalId: '1784', username: 'shop', workspaceId, apiRoot: null }
  const credentials = { token: TOKEN, webhookSecret: '' }
  const { id: channelId } = await anna.channels.create({ ...account, credentials })
  const nobody = { firstName: null, lastName: null, username: null }
  const conversationId = anna.ids.short()
  const about = { workspaceId, channelId, source, sourceId: '42', conversationId, ...nobody }
  await anna.journal.append({ kind: 'open', ...about })
  const { message } = await anna.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId,
    id: anna.ids.short(),
    type: 'customer',
    content: 'hello',
    contentKind: 'text',
    sender: 'customer:1',
    author: null,
    clientId: null,
    providerId: '42:7',
    deliver: false,
  })
  return { channelId, conversationId, hello: message.id }
}

async function handOverNext(anna: MemberCtx) {
  const [claimed] = await anna.deliveries.claim(1, LEASE_MS)
  if (!claimed) throw new Error('Nothing is due')
  // Without chance: what waits, waits for the shortest time.
  await handOver(anna, claimed, { random: () => 0 })
}
