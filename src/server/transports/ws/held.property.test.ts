import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openListed, type Person, SPAM_HOLD, say } from '../../core/cast.testing.ts'
import { listConversations } from '../../core/conversations/list.ts'
import { markRead } from '../../core/conversations/mark-read.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { discardSpam, releaseSpam } from '../../core/spam/settle.ts'
import type { RawClient, ServerFrame } from './raw-client.testing.ts'
import { chatPath, startRaw } from './raw-server.testing.ts'

vi.setConfig({ testTimeout: 60_000 })
const RUNS = { numRuns: 15, seed: 20_261_124 }

let server: Awaited<ReturnType<typeof startRaw>>
let anna: Person
beforeAll(async () => {
  server = await startRaw()
  anna = await server.enter('anna')
})
afterAll(() => server.close())

/** What happens in a conversation; `at` chooses among the messages that are held. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('hold' as const), at: fc.nat(9) }) },
  fc.record({
    act: fc.constantFrom(
      'say' as const,
      'answer' as const,
      'release' as const,
      'discard' as const,
      'read' as const,
      'look' as const,
    ),
    at: fc.nat(9),
  }),
)

interface Said {
  id: string
  seq: number
  text: string
  isCustomers: boolean
  state: 'shown' | 'held' | 'gone'
}

const seqsOf = (frames: ServerFrame[]) => frames.map(({ message }) => (message as { seq: number }).seq)

it('no socket, list, page or count ever shows a held message, and each shows it at its place once it is released', async () => {
  const run = async (steps: { act: string; at: number }[]) => {
    const conversation = await openListed(anna.as)
    const { id } = conversation
    const here = [anna.as.actor.workspaceId]
    const all: Said[] = []
    const client = await server.connect(chatPath(id), anna)
    const list = await server.connect('/ws/conversations/', anna)
    const guests: { client: RawClient; knew: number[] }[] = [{ client, knew: [] }]
    let answeredSeq = 0
    const shown = () => all.filter(({ state }) => state === 'shown')

    const write = async (isHeld: boolean) => {
      const text = `${isHeld ? 'secret' : 'plain'} ${id} ${all.length + 1}`
      const message = await say(anna.as, conversation, text, isHeld ? SPAM_HOLD : undefined)
      all.push({
        id: message.id,
        seq: message.seq,
        text,
        isCustomers: true,
        state: isHeld ? 'held' : 'shown',
      })
    }
    const answer = async () => {
      const draft = {
        conversationId: id,
        content: `answer ${all.length + 1}`,
        type: 'support' as const,
        clientId: null,
      }
      const { message } = await sendMessage(anna.as, draft)
      all.push({ id: message.id, seq: message.seq, text: draft.content, isCustomers: false, state: 'shown' })
    }
    const settle = async (act: 'release' | 'discard', at: number) => {
      const held = all.filter(({ state }) => state === 'held')
      const one = held[at % Math.max(1, held.length)]
      if (!one) return
      const input = { messageIds: [one.id] }
      await (act === 'release' ? releaseSpam(anna.as, input) : discardSpam(anna.as, input))
      one.state = act === 'release' ? 'shown' : 'gone'
    }
    const look = async () => {
      const knew = shown().map(({ seq }) => seq)
      const entered = await server.connect(chatPath(id), anna)
      const first = entered.frames[0]?.messages as { seq: number }[] | undefined
      expect(first?.map(({ seq }) => seq)).toEqual(knew)
      guests.push({ client: entered, knew })
    }
    for (const { act, at } of steps) {
      if (act === 'hold' || act === 'say') await write(act === 'hold')
      if (act === 'answer') await answer()
      if (act === 'release' || act === 'discard') await settle(act, at)
      if (act === 'read') {
        await markRead(anna.as, { conversationId: id, upTo: null })
        answeredSeq = Math.max(answeredSeq, shown().at(-1)?.seq ?? 0)
      }
      if (act === 'look') await look()

      const seqs = shown().map(({ seq }) => seq)
      const unread = shown().filter(({ isCustomers, seq }) => isCustomers && seq > answeredSeq).length
      const found = await anna.as.conversations.find(here, id)
      expect(found).toMatchObject({ unreadCount: unread, lastSeq: all.length })
      expect(found?.lastMessage?.seq).toBe(seqs.at(-1))
      expect((await anna.as.messages.page(id, { limit: 500 })).map(({ seq }) => seq)).toEqual(seqs)
      const hidden = all.filter(({ state }) => state !== 'shown')
      for (const { id: messageId } of hidden.slice(-2))
        expect(await anna.as.messages.find(here, messageId)).toBeNull()
      if (hidden.length > 0) {
        const search = `secret ${id} ${hidden.at(-1)?.seq}`
        const { conversations } = await listConversations(anna.as, { view: 'all', search, limit: 10 })
        expect(conversations.some(({ lastMessage }) => lastMessage?.content === search)).toBe(false)
      }
    }

    const seqs = shown().map(({ seq }) => seq)
    for (const guest of guests) {
      await guest.client.flush()
      // Each exactly once: those it knew from its first page, and those that came later, late ones among them.
      const live = seqsOf(guest.client.of('chat_message'))
      expect([...guest.knew, ...live].toSorted((a, b) => a - b)).toEqual(seqs)
      const page = await guest.client.ask({ type: 'get_messages' }, 'recent_messages')
      expect([page.count, (page.messages as { seq: number }[]).map(({ seq }) => seq)]).toEqual([
        seqs.length,
        seqs.slice(-50),
      ])
      await guest.client.close()
    }
    const resuming = await server.connect(chatPath(id), anna)
    resuming.send({ type: 'resume', after_seq: 0 })
    await resuming.flush()
    expect(seqsOf(resuming.of('chat_message'))).toEqual(seqs)
    await resuming.close()
    await list.flush()
    const told = JSON.stringify(list.frames)
    for (const { text, state } of all) if (state !== 'shown') expect(told).not.toContain(`"${text}"`)
    await list.close()
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), run), RUNS)
})
