import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { findPython } from '../../bin/prerequisites.mjs'
import { conversationWith, INSTANT, newBotId, test } from '../support/cast.ts'
import { Frame } from '../support/raw-socket.ts'
import { type Person, register } from '../support/rest.ts'
import type { Shop } from '../support/shop.ts'
import { Bot } from '../support/telegram.ts'

test.describe.configure({ mode: 'default' })

const PROGRAM = path.join(import.meta.dirname, 'client.py')
const MAX_LINES = 100
const MAX_COMPLAINT = 10_000
const TEXT = 'سلام از پایتون 🐍 <b>&</b>'

const Line = z.object({
  step: z.string(),
  frame: Frame.optional(),
  status: z.number().optional(),
  body: z.unknown().optional(),
  code: z.number().optional(),
})
type Line = z.infer<typeof Line>

let shop: Shop
let owner: Person
let bot: Bot
let invoice: string
let greeting: string
let order: string

test.beforeAll(async ({ shop: ofWorker }) => {
  shop = ofWorker
  owner = await register(shop.host, 'sara')
  bot = await Bot.connect(shop.host, owner, newBotId())
  invoice = await converse(1501, 'فاکتور من کجاست؟')
  greeting = await converse(1502, 'Hello')
  order = await converse(1503, 'An order')
})

async function converse(chatId: number, text: string): Promise<string> {
  await bot.write(shop.host, chatId, text)
  return conversationWith(shop.host, owner, chatId)
}

/** Runs one scenario to its end; where it waits for somebody else, `meanwhile` is done. */
async function run(scenario: string, conversation: string, meanwhile = async () => {}) {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'test' as const,
    PYTHONUTF8: '1',
    PEYK_HOST: shop.host,
    PEYK_LOGIN: owner.email,
    PEYK_PASSWORD: owner.password,
  }
  const child = spawn(findPython() ?? 'python3', [PROGRAM, scenario, conversation], { env })
  const ended = once(child, 'close')
  try {
    let complaint = ''
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-MAX_COMPLAINT)
    })
    const lines: Line[] = []
    for await (const text of createInterface({ input: child.stdout })) {
      const line = Line.parse(JSON.parse(text))
      if (lines.push(line) > MAX_LINES) throw new Error('The client does not stop.')
      if (line.step === 'waiting') await meanwhile()
    }
    expect(await ended, complaint).toEqual([0, null])
    return (step: string) => lines.find((line) => line.step === step)
  } finally {
    child.kill('SIGKILL')
  }
}

test('a Python client talks in a conversation: history, typing, sending, reading and paging', async () => {
  const met = await run('chat', invoice, () => bot.write(shop.host, 1501, 'ممنون'))
  expect(met('first')?.frame).toMatchObject({
    type: 'recent_messages',
    messages: [{ content: 'فاکتور من کجاست؟', type: 'customer', is_answered: false }],
    count: 1,
    timestamp: INSTANT,
  })
  const { id } = owner
  expect(met('typing')?.frame).toMatchObject({ user_id: id, username: 'sara Tester', is_typing: true })
  expect(met('sent')?.frame).toMatchObject({
    message: {
      content: TEXT,
      type: 'support',
      conversation_id: invoice,
      customer: { first_name: 'Kim', source: 'telegram', source_id: '1501' },
      created_at: INSTANT,
    },
    external_send_result: { success: true, message_id: expect.any(Number) },
  })
  expect(met('heard')?.frame).toEqual(met('sent')?.frame)
  expect(met('customer')?.frame).toMatchObject({
    message: { content: 'ممنون', type: 'customer' },
    external_send_result: {},
  })
  expect(met('read')?.frame).toEqual({ type: 'messages_read', user_id: id })
  expect(met('page 1')?.frame).toMatchObject({
    messages: [{ content: TEXT }, { content: 'ممنون', is_answered: true }],
    pagination: { count: 3, page: 1, total_pages: 2, has_next: true, has_previous: false },
  })
  expect(met('page 2')?.frame).toMatchObject({
    messages: [{ content: 'فاکتور من کجاست؟', is_answered: true }],
    pagination: { count: 3, page: 2, has_next: false, has_previous: true, offset: 2, limit: 2 },
  })
  expect(shop.telegram.sent.filter(({ text }) => text === TEXT)).toEqual([{ chatId: '1501', text: TEXT }])
})

test('what a Python client says wrong is answered in the legacy words, and its socket stays open', async () => {
  const met = await run('chat', order, () => bot.write(shop.host, 1503, 'And more'))
  const blank = 'Message content cannot be empty'
  expect(met('blank')?.frame).toMatchObject({ error: blank, message: blank })
  expect(met('no json')?.frame).toMatchObject({ error: 'Invalid JSON format' })
  expect(met('still there')?.frame).toMatchObject({ type: 'pong', timestamp: INSTANT })
})

test('a Python client filters, searches and pages both lists, and hears what is new in them', async () => {
  const met = await run('lists', invoice, () => bot.write(shop.host, 1502, 'Hello again'))
  const ids = (step: string) =>
    z
      .array(z.looseObject({ id: z.string() }))
      .parse(met(step)?.frame?.conversations)
      .map(({ id }) => id)
  expect(ids('conversations').sort()).toEqual([invoice, greeting, order].sort())
  expect(met('conversations')?.frame).toMatchObject({ filters: {}, count: 3, page_count: 3 })
  expect(ids('page')).toEqual([greeting])
  expect(met('page')?.frame).toMatchObject({ pagination: { count: 3, page: 2, total_pages: 3 } })
  expect(ids('unread')).toEqual([greeting])
  expect(met('closed')?.frame).toMatchObject({ conversations: [], count: 0, filters: { status: 'closed' } })
  expect(ids('search')).toEqual([invoice])
  expect(met('options')?.frame?.options).toMatchObject({ sources: ['telegram'], priorities: [1] })
  expect(met('new')?.frame).toMatchObject({ conversation_id: greeting, message: 'Hello again' })
  expect(met('updated')?.frame).toMatchObject({ conversation_id: greeting })
  expect(met('pushed')?.frame).toMatchObject({
    conversations: [{ id: greeting, unread_count: 2, last_message: { content: 'Hello again' } }, {}, {}],
  })
  expect(met('customers')?.frame).toMatchObject({ count: 3, filters: {} })
  expect(met('customer')?.frame).toMatchObject({
    customers: [
      { source_id: '1502', conversations: [{ id: greeting, unread_count: 2 }], tags: [{ name: 'Telegram' }] },
    ],
  })
  expect(met('customer options')?.frame?.options).toMatchObject({ sources: ['telegram'] })
})

test('a Python client sends, sets the status and reads over REST', async () => {
  const met = await run('rest', order)
  const content = 'از راه REST'
  expect(met('send')).toMatchObject({
    status: 201,
    body: { status: 'success', data: { message: { content, type: 'support' }, conversation_id: order } },
  })
  const { data } = z.object({ data: z.object({ message: z.looseObject({}) }) }).parse(met('send')?.body)
  expect(met('heard')?.frame?.message).toEqual(data.message)
  expect(met('status')).toMatchObject({
    status: 200,
    body: { data: { conversation_id: order, old_status: 'support_active', new_status: 'closed' } },
  })
  expect(met('bad status')).toMatchObject({ status: 400, body: { error_code: 'INVALID_STATUS' } })
  expect(met('messages')).toMatchObject({
    status: 200,
    body: {
      next: expect.stringContaining('page=2'),
      previous: null,
      results: [{ content, type: 'support' }],
    },
  })
  expect(z.array(z.unknown()).parse(met('all')?.body)).toHaveLength(3)
  expect(met('blank')).toMatchObject({ status: 400, body: { error_code: 'EMPTY_CONTENT' } })
  expect(met('missing')).toMatchObject({ status: 404, body: { error_code: 'CONVERSATION_NOT_FOUND' } })
  const detail = 'Authentication credentials were not provided.'
  expect(met('nobody')).toMatchObject({ status: 401, body: { detail } })
})

test('a Python client without a right is closed with 1008 before any frame, and an unknown path is 404', async () => {
  const met = await run('refused', invoice)
  for (const step of ['invalid token', 'no token', 'no such conversation'])
    expect(met(step), step).toEqual({ step, code: 1008 })
  expect(met('unknown path')).toEqual({ step: 'unknown path', status: 404 })
})
