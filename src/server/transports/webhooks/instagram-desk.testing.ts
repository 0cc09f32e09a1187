import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { createInstagram } from '../../adapters/instagram/platform.ts'
import { connectInstagram } from '../../core/channels/connect-instagram.ts'
import { actAs, createTestCtx } from '../../core/context.testing.ts'
import type { Ctx, MemberCtx } from '../../core/context.ts'
import { settleLost } from '../../core/delivery/settle.ts'
import { DeliveryWorker } from '../../core/delivery/worker.ts'
import { MediaCopier } from '../../core/files/copier.ts'
import { createInboundProcessor } from '../../core/inbound/process.ts'
import { sendMessage } from '../../core/messages/send.ts'
import type { Thread } from '../../emulators/instagram/control-types.ts'
import { refOf, startCast, VERIFY_TOKEN } from '../../emulators/instagram/emulator.testing.ts'
import { createFileServer } from '../files/files.ts'
import { createInstagramWebhook } from './instagram.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Anna's desk with the shop's account connected: emulator, adapter, webhook, core and worker are the real ones. */
export async function openDesk({ stores = {}, who = 'anna' }: { stores?: Partial<Ctx>; who?: string } = {}) {
  const cast = await startCast()
  const { emulator, shop } = cast
  const test = createTestCtx()
  // One time for both: it runs, and travels with the emulator.
  test.clock.now = () => emulator.clock.now()
  const { ctx } = test
  const instagram = createInstagram({
    graphRoot: emulator.url,
    version: 'v23.0',
    fetchMedia: ctx.fetchMedia,
    app: { appSecret: emulator.appSecret(), verifyToken: VERIFY_TOKEN },
  })
  Object.assign(ctx, stores, { platforms: { ...ctx.platforms, instagram } })
  const inbound = createInboundProcessor(ctx)
  const server = await serve(ctx, inbound.kick)
  Object.assign(ctx.settings, { publicUrl: server.root })
  const worker = new DeliveryWorker(ctx, { random: () => 0 })
  const anna = await actAs(ctx, who)
  const { webhookUrl } = await connectInstagram(anna, { source: 'instagram', access_token: shop.token })
  const callback = await emulator.setCallback({ url: webhookUrl, verifyToken: VERIFY_TOKEN })
  if (!callback.verified) throw new Error(callback.reason)
  inbound.start()
  worker.start()
  const close = async () => {
    await worker.close()
    await inbound.close()
    await emulator.close()
    server.close()
  }
  return { ...test, ...cast, anna, close, ...actionsOf(ctx, anna, cast) }
}

export type Desk = Awaited<ReturnType<typeof openDesk>>

function actionsOf(ctx: Ctx, anna: MemberCtx, { emulator, kim }: Awaited<ReturnType<typeof startCast>>) {
  const conversations = async (of: MemberCtx = anna) =>
    (await of.conversations.list(of.actor.workspaceId, { view: 'all', limit: 100 })).rows
  const conversation = async (of: MemberCtx = anna) => {
    const [row, ...others] = await conversations(of)
    if (!row || others.length > 0) throw new Error('There is not one conversation')
    return row
  }
  const thread = async (of: MemberCtx = anna) => {
    const [row] = await conversations(of)
    return row ? of.messages.page(row.id, { limit: 500 }) : []
  }
  /** Waits until the thread is this. */
  const shows = (expected: unknown[], of: MemberCtx = anna) =>
    expect.poll(() => thread(of), { interval: 10, timeout: 5_000 }).toMatchObject(expected)
  const texts = async () => (await thread()).map(({ content }) => content)
  const reply = async (content: string, more: { clientId?: string; attachmentIds?: string[] } = {}) => {
    const { id: conversationId } = await conversation()
    const sending = { conversationId, content, type: 'support' as const, clientId: null, ...more }
    return (await sendMessage(anna, sending)).message
  }
  /** Waits until the delivery of a message stands so. */
  const stands = (messageId: string, expected: object) => {
    const delivery = async () => (await thread()).find(({ id }) => id === messageId)?.delivery
    return expect.poll(delivery, { interval: 10, timeout: 5_000 }).toMatchObject(expected)
  }
  /** Moves the time of both sides, and has looked at what is due then. */
  const travel = async (ms: number) => {
    emulator.travel(ms)
    await settleLost(ctx, 100)
    ctx.bus.publish('deliveries', null)
  }
  /** Waits until every event that the emulator told is through. */
  const isTold = () => expect.poll(() => emulator.snapshot().pendingDeliveries, { interval: 5 }).toBe(0)
  const copyMedia = async () => {
    const copier = new MediaCopier(ctx)
    copier.wake()
    await copier.close()
  }
  const at = (who: Thread = kim) => emulator.listMessages(refOf(who))
  const sends = () => emulator.listCalls({ op: 'send' }).calls
  return {
    conversations,
    conversation,
    thread,
    shows,
    texts,
    reply,
    stands,
    travel,
    isTold,
    copyMedia,
    at,
    sends,
  }
}

/** The product's own doors that Instagram knows: its webhook, and files by their signed addresses. */
async function serve(ctx: Ctx, kick: ReturnType<typeof createInboundProcessor>['kick']) {
  const hear = createInstagramWebhook({ ctx, kick, addressOf: () => '203.0.113.9' })
  const files = createFileServer(ctx)
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://desk.invalid')
    void (url.pathname.startsWith('/files/') ? files(req, res, url) : hear(req, res))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
