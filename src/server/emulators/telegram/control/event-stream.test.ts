import { describe, expect, it } from 'vitest'
import { Clock } from '../../clock.ts'
import { eventually } from '../../receiver.testing.ts'
import { startCast } from '../emulator.testing.ts'
import type { ChatEvent } from '../message-types.ts'
import type { EmulatorOptions } from '../start.ts'

type Heard = { id: string | null; event: ChatEvent }

/** Reads a stream of Server-Sent Events until it is left. */
async function listen(url: string, key: string, lastId?: string) {
  const leave = new AbortController()
  const headers = { 'x-emulator-key': key, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) }
  const response = await fetch(url, { headers, signal: leave.signal })
  const stream = { status: response.status, heard: [] as Heard[], comments: 0, ended: false, leave }
  void read(response, stream).catch(() => {
    stream.ended = true
  })
  return stream
}

async function read(response: Response, stream: { heard: Heard[]; comments: number; ended: boolean }) {
  let rest = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const frames = (rest + chunk).split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const data = /^data: (.*)$/m.exec(frame)?.[1]
      if (data === undefined) stream.comments += 1
      else stream.heard.push({ id: /^id: (.*)$/m.exec(frame)?.[1] ?? null, event: JSON.parse(data) })
    }
  }
  stream.ended = true
}

async function startStreaming(options: EmulatorOptions = {}) {
  const cast = await startCast(options)
  const url = `${cast.emulator.url}/control/bots/${cast.bot.id}/chats/${cast.kim.id}/events`
  return { ...cast, listen: (lastId?: string) => listen(url, cast.emulator.controlKey, lastId) }
}

const kinds = ({ heard }: { heard: Heard[] }) => heard.map(({ event }) => event.type)
const texts = ({ heard }: { heard: Heard[] }) =>
  heard.flatMap(({ event }) => (event.type === 'message' ? [event.message.text] : []))

describe('the live stream of a chat', () => {
  it('tells all that happens there, and nothing of another chat', async () => {
    await using cast = await startStreaming()
    const stream = await cast.listen()
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    cast.write(cast.sara, 'another chat')
    const { message } = cast.write(cast.kim, 'hi')
    await cast.call('sendChatAction', { chat_id: cast.kim.id, action: 'typing' })
    await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'welcome' })
    cast.emulator.editText({ ...ref, messageId: message.message_id, text: 'hello' })
    cast.emulator.react({ ...ref, messageId: message.message_id, emoji: ['👍'] })
    await cast.call('deleteMessage', { chat_id: cast.kim.id, message_id: message.message_id })
    cast.emulator.setBlocked({ ...ref, blocked: true })
    await eventually(() =>
      expect(kinds(stream)).toEqual([
        'ready',
        'message',
        'chat_action',
        'message',
        'message_edited',
        'reaction',
        'message_deleted',
        'blocked',
      ]),
    )
    expect(texts(stream)).toEqual(['hi', 'welcome'])
    expect(stream.heard[2]).toEqual({ id: null, event: { type: 'chat_action', action: 'typing' } })
  })

  it('resumes where it was left: nothing lost, nothing twice, no old typing', async () => {
    await using cast = await startStreaming()
    const first = await cast.listen()
    cast.write(cast.kim, 'one')
    await eventually(() => expect(texts(first)).toEqual(['one']))
    first.leave.abort()
    await eventually(() => expect(cast.emulator.snapshot().streams).toBe(0))
    cast.write(cast.kim, 'two')
    await cast.call('sendChatAction', { chat_id: cast.kim.id, action: 'typing' })
    cast.write(cast.kim, 'three')
    const second = await cast.listen(first.heard.at(-1)?.id ?? '')
    cast.write(cast.kim, 'four')
    await eventually(() => expect(texts(second)).toEqual(['two', 'three', 'four']))
    expect(kinds(second)).toEqual(['message', 'message', 'ready', 'message'])
  })

  it('resumes from the position of ready', async () => {
    await using cast = await startStreaming()
    const first = await cast.listen()
    await eventually(() => expect(kinds(first)).toEqual(['ready']))
    first.leave.abort()
    cast.write(cast.kim, 'one')
    const second = await cast.listen(first.heard[0]?.id ?? '')
    await eventually(() => expect(kinds(second)).toEqual(['message', 'ready']))
  })

  it('says reset when the position is too old, of another life or nonsense', async () => {
    await using cast = await startStreaming({ limits: { maxEventsPerChat: 2 } })
    const first = await cast.listen()
    await eventually(() => expect(kinds(first)).toEqual(['ready']))
    const start = first.heard[0]?.id ?? ''
    for (const text of ['one', 'two', 'three']) cast.write(cast.kim, text)
    const beyond = start.replace(/\d+$/, '99')
    for (const position of [start, beyond, 'ffffffffffff-1', 'nonsense', '']) {
      const stream = await cast.listen(position)
      await eventually(() => expect(kinds(stream)).toEqual(['reset', 'ready']))
    }
  })

  it('keeps a quiet connection alive', async () => {
    const clock = new Clock(Date.UTC(2026, 10, 22))
    await using cast = await startStreaming({ clock, heartbeatMs: 15_000 })
    const stream = await cast.listen()
    await eventually(() => expect(kinds(stream)).toEqual(['ready']))
    clock.advance(30_000)
    await eventually(() => expect(stream.comments).toBe(2))
  })

  it('is there for chats that there are', async () => {
    await using cast = await startStreaming()
    const url = `${cast.emulator.url}/control/bots/${cast.bot.id}/chats/1/events`
    const stream = await listen(url, cast.emulator.controlKey)
    expect(stream.status).toBe(404)
  })

  it('is refused when too many are open, and there is room again when one is left', async () => {
    await using cast = await startStreaming({ limits: { maxStreams: 1 } })
    const first = await cast.listen()
    expect((await cast.listen()).status).toBe(503)
    first.leave.abort()
    await eventually(() => expect(cast.emulator.snapshot().streams).toBe(0))
    expect((await cast.listen()).status).toBe(200)
  })

  it('is cut when its reader does not read', async () => {
    await using cast = await startStreaming({ limits: { maxStreamBufferBytes: 16_384 } })
    const url = `${cast.emulator.url}/control/bots/${cast.bot.id}/chats/${cast.kim.id}/events`
    const response = await fetch(url, { headers: { 'x-emulator-key': cast.emulator.controlKey } })
    expect(cast.emulator.snapshot().streams).toBe(1)
    await eventually(() => {
      for (let n = 0; n < 200; n += 1) cast.write(cast.kim, 'x'.repeat(4_000))
      expect(cast.emulator.snapshot().streams).toBe(0)
    })
    await expect(response.text()).rejects.toThrow()
  })

  it('ends with a reset when the world is emptied', async () => {
    await using cast = await startStreaming()
    const stream = await cast.listen()
    await eventually(() => expect(kinds(stream)).toEqual(['ready']))
    cast.emulator.reset()
    await eventually(() => expect(stream.ended).toBe(true))
    expect(kinds(stream)).toEqual(['ready', 'reset'])
  })
})
