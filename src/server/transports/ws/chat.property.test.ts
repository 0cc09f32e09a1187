import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { codePoints, isUnstorable, strip } from '../../contract/characters.ts'
import { answerAsBot, type Person } from '../../core/cast.testing.ts'
import { openConversation } from '../../core/context.testing.ts'
import { sendMessage } from '../../core/messages/send.ts'
import {
  answered,
  anyJson,
  type Exchange,
  noFilters,
  ping,
  unknownType,
  unreadable,
} from './frames.arbitrary.testing.ts'
import type { RawClient, ServerFrame } from './raw-client.testing.ts'
import { chatPath, startRaw } from './raw-server.testing.ts'

// Many runs in one test: a busy machine gets the time that they take.
vi.setConfig({ testTimeout: 30_000 })
const RUNS = { numRuns: 30, seed: 20_260_301 }

let server: Awaited<ReturnType<typeof startRaw>>
let anna: Person
beforeAll(async () => {
  server = await startRaw()
  anna = await server.enter('anna')
})
afterAll(() => server.close())

const content = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'سلام 👋 <b>',
    ' \n ',
    '\ufeff',
    'a\u0000b',
    'half \ud83d',
    'é'.repeat(1000),
    '👋'.repeat(1001),
  ),
)

const isAccepted = (text: string) => text !== '' && codePoints(text) <= 1000 && !isUnstorable(text)

const message: fc.Arbitrary<Exchange> = fc
  .tuple(content, fc.constantFrom({ type: 'chat_message' }, {}, { type: null, message_type: 'customer' }))
  .map(([given, rest]) => {
    const sent = { ...rest, content: given }
    const stored = strip(given)
    return isAccepted(stored) ? { sent, answers: ['chat_message'], stored } : { sent, answers: ['error'] }
  })

const noText = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.array(anyJson, { minLength: 1 }),
  fc.constantFrom({}, []),
)
const history = fc.constantFrom('get_messages' as const, 'load_more_messages' as const)

const frame: fc.Arbitrary<Exchange> = fc.oneof(
  { weight: 4, arbitrary: message },
  unreadable,
  ping,
  unknownType([
    'chat_message',
    'typing',
    'mark_read',
    'get_messages',
    'load_more_messages',
    'submit_feedback',
    'resume',
    'ping',
  ]),
  answered(
    noText.map((given) => ({ type: 'chat_message', content: given })),
    'error',
  ),
  answered(fc.constantFrom({}, { type: 'chat_message' }, { content: null }), 'error'),
  answered(fc.boolean().map((is_typing) => ({ type: 'typing', is_typing }))),
  answered(
    fc.constantFrom(
      { type: 'typing' },
      { type: 'typing', is_typing: 'yes' },
      { type: 'typing', is_typing: 1 },
    ),
    'error',
  ),
  answered(fc.constant({ type: 'mark_read' }), 'messages_read'),
  answered(
    fc
      .tuple(history, fc.dictionary(fc.constantFrom('page', 'page_size', 'limit', 'offset', 'x'), anyJson))
      .map(([type, filters]) => ({ type, filters })),
    'recent_messages',
  ),
  answered(
    history.chain((type) => fc.constantFrom({ type }, { type, filters: null })),
    'recent_messages',
  ),
  answered(
    fc.tuple(history, noFilters).map(([type, filters]) => ({ type, filters })),
    'error',
  ),
  answered(
    anyJson.map((message_id) => ({ type: 'submit_feedback', message_id, feedback: 'positive' })),
    'error',
  ),
  answered(
    fc.constantFrom(-1, 1.5, '1', null, 2 ** 60).map((after_seq) => ({ type: 'resume', after_seq })),
    'error',
  ),
  answered(fc.constant({ type: 'resume', after_seq: 1_000_000 })),
)

const typesSince = (client: RawClient, start: number) => client.frames.slice(start).map(({ type }) => type)
const textsOf = (frames: ServerFrame[]) =>
  frames.map(({ message: of }) => (of as { content: string }).content)

it('answers any frames one after another, and keeps what it acknowledged, in order, each once', async () => {
  const run = async (exchanges: Exchange[]) => {
    const { id } = await openConversation(anna.as)
    const client = await server.connect(chatPath(id), anna)
    const witness = await server.connect(chatPath(id), anna)
    for (const { sent } of exchanges) client.send(sent)
    await client.flush()
    expect(typesSince(client, 1)).toEqual([...exchanges.flatMap(({ answers }) => answers), 'pong'])
    const stored = exchanges.flatMap(({ stored: text }) => text ?? [])
    expect(textsOf(client.of('chat_message'))).toEqual(stored)
    await witness.flush()
    expect(textsOf(witness.of('chat_message'))).toEqual(stored)
    const kept = await anna.as.messages.page(id, { after: 0, limit: 500 })
    expect(kept.map(({ content: text }) => text)).toEqual(stored)
    expect(kept.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1))
    await Promise.all([client.close(), witness.close()])
  }
  await fc.assert(fc.asyncProperty(fc.array(frame, { maxLength: 30 }), run), RUNS)
})

const FATAL: [what: string, frame: Buffer, code: number][] = [
  ['bytes that are not UTF-8', Buffer.from([0xc3, 0x28]), 1007],
  ['more than 64 kB', Buffer.from(JSON.stringify({ content: 'x'.repeat(65_536) })), 1009],
]

it.each(FATAL)('closes the socket that sends %s after any frames, and no other', async (_, fatal, code) => {
  const { id } = await openConversation(anna.as)
  const other = await server.connect(chatPath(id), anna)
  const run = async (exchanges: Exchange[]) => {
    const client = await server.connect(chatPath(id), anna)
    for (const { sent } of exchanges) client.send(sent)
    client.sendText(fatal)
    client.send({ content: 'never' })
    expect(await client.whenClosed()).toMatchObject({ code })
  }
  await fc.assert(fc.asyncProperty(fc.array(frame, { maxLength: 5 }), run), { ...RUNS, numRuns: 10 })
  await other.flush()
  expect(textsOf(other.of('chat_message'))).not.toContain('never')
  await other.close()
})

it('rates an answer of the bot in any spelling of the word', async () => {
  const { id } = await openConversation(anna.as)
  const client = await server.connect(chatPath(id), anna)
  const { id: message_id } = await answerAsBot(anna.as, id, 'I am the bot')
  const run = async ([feedback, comment]: [string, string | null]) => {
    client.send({ type: 'submit_feedback', message_id, feedback, comment })
    const [own, told] = [await client.next('feedback_submitted'), await client.next('feedback_updated')]
    const { type: _, ...rest } = told
    expect(own.data).toEqual(rest)
    expect(rest).toMatchObject({ message_id, feedback: feedback.toLowerCase() })
  }
  const spelled = fc.constantFrom('positive', 'Negative', 'NONE', 'pOsItIvE')
  const comment = fc.option(
    fc.string({ unit: 'grapheme', maxLength: 600 }).filter((text) => !isUnstorable(text)),
  )
  await fc.assert(fc.asyncProperty(fc.tuple(spelled, comment), run), { ...RUNS, numRuns: 20 })
  await client.close()
})

it('shows every message once to whoever loads page after page while more are written', async () => {
  const run = async (size: number, asks: ('get_messages' | 'load_more_messages')[], written: number[]) => {
    const { id } = await openConversation(anna.as)
    const write = () =>
      sendMessage(anna.as, { conversationId: id, content: 'x', type: 'support', clientId: null })
    for (let index = 0; index < 12; index++) await write()
    const client = await server.connect(chatPath(id), anna)
    const seqs: number[] = []
    for (let page = 1, hasNext = true; hasNext; page++) {
      for (let index = 0; index < (written[page - 1] ?? 0); index++) await write()
      const by = page % 2 === 0 ? { page, page_size: size } : { offset: (page - 1) * size, limit: size }
      const shown = await client.ask({ type: asks[page % asks.length], filters: by }, 'recent_messages')
      seqs.unshift(...(shown.messages as { seq: number }[]).map(({ seq }) => seq))
      hasNext = (shown.pagination as { has_next: boolean }).has_next
    }
    const first = 12 + (written[0] ?? 0)
    expect(seqs).toEqual(Array.from({ length: first }, (_, index) => index + 1))
    await client.close()
  }
  const asks = fc.array(history, { minLength: 1, maxLength: 4 })
  const written = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 })
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 13 }), asks, written, run), {
    ...RUNS,
    numRuns: 12,
  })
})
