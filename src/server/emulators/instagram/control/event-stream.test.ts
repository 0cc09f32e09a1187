import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import type { ThreadEvent } from '../control-types.ts'
import { refOf, startCast } from '../emulator.testing.ts'
import type { EmulatorOptions } from '../start.ts'

type Heard = { id: string | null; event: ThreadEvent }

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
  const { accountId, igsid } = refOf(cast.kim)
  const url = `${cast.emulator.url}/control/accounts/${accountId}/threads/${igsid}/events`
  return { ...cast, listen: (lastId?: string) => listen(url, cast.emulator.controlKey, lastId) }
}

const kinds = ({ heard }: { heard: Heard[] }) => heard.map(({ event }) => event.type)

describe('the live stream of a thread', () => {
  it('tells all that happens there, and nothing of another thread', async () => {
    await using cast = await startStreaming()
    const { emulator, kim } = cast
    const stream = await cast.listen()
    const where = refOf(kim)
    cast.write(cast.sara, 'another thread')
    const { message } = cast.write(kim, 'hi')
    const action = { recipient: { id: kim.igsid }, sender_action: 'typing_on' }
    await cast.graph('/v23.0/me/messages', { body: action })
    await cast.graph('/v23.0/me/messages', { body: { ...action, sender_action: 'mark_seen' } })
    await cast.send(kim, 'welcome')
    emulator.see(where)
    emulator.edit({ ...where, mid: message.mid, text: 'hello' })
    emulator.react({ ...where, mid: message.mid, emoji: '👍' })
    emulator.unsend({ ...where, mid: message.mid })
    emulator.setThread({ ...where, blocked: true, deleted: true })
    emulator.setThread({ ...where, blocked: true })
    await eventually(() =>
      expect(kinds(stream)).toEqual([
        'ready',
        'message',
        'typing',
        'seen',
        'message',
        'seen',
        'message_edited',
        'reaction',
        'message_unsent',
        'blocked',
        'deleted',
      ]),
    )
    const seen = stream.heard.flatMap(({ event }) => (event.type === 'seen' ? [event.by] : []))
    expect(seen).toEqual(['account', 'customer'])
  })

  it('goes on where it was left', async () => {
    await using cast = await startStreaming()
    const first = await cast.listen()
    cast.write(cast.kim, 'one')
    await eventually(() => expect(first.heard).toHaveLength(2))
    first.leave.abort()
    cast.write(cast.kim, 'two')
    const second = await cast.listen(first.heard.at(-1)?.id ?? '')
    await eventually(() => expect(kinds(second)).toEqual(['message', 'ready']))
    expect(second.heard[0]?.event).toMatchObject({ message: { text: 'two' } })
  })

  it.each(['0-0', 'nonsense', '0123456789ab-1'])('says that the position %s is gone', async (position) => {
    await using cast = await startStreaming()
    const stream = await cast.listen(position)
    await eventually(() => expect(kinds(stream)).toEqual(['reset', 'ready']))
  })

  it('keeps no more than its bound to go on from', async () => {
    await using cast = await startStreaming({ limits: { maxEventsPerThread: 1 } })
    const stream = await cast.listen()
    await eventually(() => expect(stream.heard).toHaveLength(1))
    for (const text of ['one', 'two']) cast.write(cast.kim, text)
    const late = await cast.listen(stream.heard[0]?.id ?? '')
    await eventually(() => expect(kinds(late)).toEqual(['reset', 'ready']))
  })

  it('beats, and is bounded in number', async () => {
    await using cast = await startStreaming({ frozenAtMs: 0, heartbeatMs: 1_000, limits: { maxStreams: 1 } })
    const stream = await cast.listen()
    await eventually(() => expect(stream.heard).toHaveLength(1))
    cast.emulator.travel(1_000)
    await eventually(() => expect(stream.comments).toBe(1))
    expect((await cast.listen()).status).toBe(503)
  })

  it('ends when the world is reset', async () => {
    await using cast = await startStreaming()
    const stream = await cast.listen()
    await eventually(() => expect(stream.heard).toHaveLength(1))
    cast.emulator.reset()
    await eventually(() => expect(stream.ended).toBe(true))
    expect(kinds(stream)).toEqual(['ready', 'reset'])
    expect((await cast.listen()).status).toBe(404)
  })

  it('is the same for whoever watches in the process', async () => {
    await using cast = await startStreaming()
    const heard: string[] = []
    const leave = cast.emulator.watchThread(refOf(cast.kim), (event) => heard.push(event.type))
    cast.write(cast.kim, 'one')
    leave()
    cast.write(cast.kim, 'two')
    expect(heard).toEqual(['ready', 'message'])
  })
})
