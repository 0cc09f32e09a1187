import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createIds } from '../../adapters/auth/ids.ts'
import { openPostgresStores } from '../../adapters/prisma/open-stores.testing.ts'
import { tracesOf } from '../../adapters/prisma/traces.testing.ts'
import type { Message } from '../../contract/message.ts'
import { openDesk } from '../../transports/webhooks/instagram-desk.testing.ts'
import { examineChannel } from '../channels/examine.ts'
import type { Ctx, MemberCtx } from '../context.ts'
import { createWholeLog, openTelegramDesk } from '../inbound/telegram-desk.testing.ts'
import { listFileLinks } from './links.ts'

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
let pool: pg.Pool
beforeAll(async () => {
  opened = await openPostgresStores('copied_media')()
  pool = new pg.Pool({ connectionString: opened.connectionString, max: 2 })
})
afterAll(async () => {
  await pool?.end()
  await opened?.close()
})

/** The tables in which a text stands. */
const tablesWith = async (text: string) =>
  new Set((await tracesOf(pool, text)).map((trace) => trace.split(':')[0]))

/** Everything that is told of these messages and their channel. */
async function toldOf(anna: MemberCtx, thread: Message[]): Promise<string> {
  const ids = thread.flatMap(({ attachments }) => attachments?.map(({ id }) => id) ?? [])
  const links = await listFileLinks(anna, { ids })
  const [channel] = await anna.channels.list([anna.actor.workspaceId])
  const health = await examineChannel(anna, { channelId: channel?.id ?? 0, isFresh: true })
  return JSON.stringify([thread, links, health])
}

async function bytesOf({ files }: Ctx, id: string | undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of files.read(id ?? '')) pieces.push(piece)
  return Buffer.concat(pieces)
}

const ready = { state: 'ready', reason: null }

it('files of Telegram’s are copied, and the address that holds the token is nowhere', async () => {
  const desk = await openTelegramDesk(opened.stores)
  const { emulator, bot, kim } = desk
  const write = (message: Parameters<typeof emulator.write>[0]['message']) =>
    emulator.write({ botId: bot.id, chatId: kim.id, message })
  emulator.setFault({ kind: 'error', error: 'file_too_big', method: 'getFile' })
  write({ kind: 'document', file: { sample: 'pdf', name: 'plan.pdf' }, caption: 'the plan' })
  desk.start()
  const failed = { content: 'the plan', attachments: [{ state: 'failed', reason: 'too_big' }] }
  await desk.shows([failed])
  write({ kind: 'photo', caption: 'look' })
  write({ kind: 'voice' })
  const { message: sent } = write({ kind: 'document', file: { sample: 'pdf', name: 'bill.pdf' } })
  await desk.shows([
    failed,
    { content: 'look', attachments: [{ ...ready, kind: 'image', mime: 'image/jpeg' }] },
    { attachments: [{ ...ready, kind: 'voice' }] },
    { attachments: [{ ...ready, kind: 'file', name: 'bill.pdf', mime: 'application/pdf' }] },
  ])
  const thread = await desk.thread()
  const { bytes } = emulator.readFile(sent.file?.fileKey ?? 0)
  expect(await bytesOf(desk.ctx, thread[3]?.attachments?.[0]?.id)).toEqual(Buffer.from(bytes))
  expect(emulator.listCalls({ method: 'downloadFile' }).calls).toHaveLength(3)
  const told = await toldOf(desk.anna, thread)
  const secret = bot.token.split(':')[1] ?? ''
  for (const trace of [secret, '/file/bot', emulator.url]) {
    expect(await tracesOf(pool, trace), trace).toEqual([])
    expect(`${told} ${desk.lines.join('\n')}`).not.toContain(trace)
  }
  await desk.close()
})

/** Something of our own that no stranger may reach through us. */
async function startInner() {
  let knocks = 0
  const server = createServer((_, response) => {
    knocks += 1
    response.end('the inner secret')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const countKnocks = () => knocks
  return { port: (server.address() as AddressInfo).port, countKnocks, close: () => server.close() }
}

it('files of Instagram’s are copied, and no address of ours is fetched for a stranger', async () => {
  const { log, lines } = createWholeLog()
  const stores = { ...opened.stores, ids: createIds(), log }
  const desk = await openDesk({ stores, who: randomUUID() })
  const inner = await startInner()
  desk.write(desk.kim, { text: 'look', attachments: [{ type: 'image' }] })
  desk.write(desk.kim, { attachments: [{ type: 'audio' }] })
  desk.write(desk.kim, { attachments: [{ type: 'file' }] })
  const privates = [
    `http://127.0.0.1:${inner.port}/a`,
    `https://127.0.0.1:${inner.port}/a`,
    `https://localhost:${inner.port}/a`,
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:10.0.0.1]/a',
    'file:///etc/passwd',
  ]
  for (const url of privates)
    desk.write(desk.kim, { text: 'and this?', attachments: [{ type: 'image', url }] })
  await expect.poll(async () => (await desk.thread()).length).toBe(3 + privates.length)
  const isOver = async () => {
    await desk.copyMedia()
    return (await desk.thread()).every(({ attachments }) => attachments?.[0]?.state !== 'pending')
  }
  await expect.poll(isOver, { timeout: 5_000 }).toBe(true)
  const thread = await desk.thread()
  expect(thread).toMatchObject([
    { content: 'look', attachments: [{ ...ready, kind: 'image' }] },
    { attachments: [{ ...ready, kind: 'voice' }] },
    { attachments: [{ ...ready, kind: 'file' }] },
    ...privates.map(() => ({ content: 'and this?', attachments: [{ state: 'failed', reason: 'gone' }] })),
  ])
  expect(inner.countKnocks()).toBe(0)
  const told = await toldOf(desk.anna, thread)
  for (const trace of ['/cdn/', 'meta-data', desk.shop.token]) {
    expect(`${told} ${lines.join('\n')}`).not.toContain(trace)
    // What Instagram brought is kept for a while as it came.
    expect([...(await tablesWith(trace))].filter((table) => table !== 'inbound_event')).toEqual([])
  }
  expect(await tracesOf(pool, desk.shop.token)).toEqual([])
  await desk.close()
  inner.close()
})
