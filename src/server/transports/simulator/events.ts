import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { SimulatorEvent } from '../../contract/simulator.ts'
import { type ControlTarget, openStream, readChat, toMessage } from './control-client.ts'

/** Longest event read from the emulator; a message has some kilobytes. */
const MAX_EVENT_LENGTH = 256 * 1024

/** Shows a chat's stream to a page until either end goes. */
export async function streamChat(
  target: ControlTarget,
  chatId: number,
  { response, lastEventId }: { response: ServerResponse; lastEventId: string | undefined },
): Promise<void> {
  const leaving = new AbortController()
  response.once('close', () => leaving.abort())
  const upstream = await openStream(target, chatId, { lastEventId, signal: leaving.signal })
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  try {
    for await (const block of blocks(upstream)) {
      const isWritten = response.write(await translate(target, chatId, block))
      if (!isWritten) await once(response, 'drain', { signal: leaving.signal })
    }
  } catch {
    // Either end is gone; the page resumes by position.
  }
  response.end()
}

async function* blocks(upstream: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of upstream.body ?? []) {
    const parts = (text + decoder.decode(chunk, { stream: true })).split('\n\n')
    text = parts.pop() ?? ''
    if (text.length > MAX_EVENT_LENGTH) throw new Error('An event is too long')
    yield* parts
  }
}

/** One block of the emulator's stream as the page's; its position goes along even where there is nothing to say. */
async function translate(target: ControlTarget, chatId: number, block: string): Promise<string> {
  const lines = block.split('\n')
  const id = lines.find((line) => line.startsWith('id: '))
  const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length)
  if (data === undefined) return ': heartbeat\n\n'
  const events = await toEvents(target, chatId, JSON.parse(data))
  const frames = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
  return id === undefined ? frames : `${id}\n${frames === '' ? '\n' : frames}`
}

type WireEvent = { type?: unknown; message?: unknown; blocked?: unknown; action?: unknown }

async function toEvents(target: ControlTarget, chatId: number, event: WireEvent): Promise<SimulatorEvent[]> {
  switch (event.type) {
    case 'message':
    case 'message_edited':
      return [{ type: 'message', message: toMessage(event.message) }]
    case 'blocked':
      return [{ type: 'blocked', blocked: event.blocked === true }]
    case 'chat_action':
      return event.action === 'typing' ? [{ type: 'typing' }] : []
    case 'reset':
      return wholeChat(target, chatId)
    default:
      return []
  }
}

// The position is gone at the emulator: the page merges by id, so that it can simply be told everything.
async function wholeChat(target: ControlTarget, chatId: number): Promise<SimulatorEvent[]> {
  const { messages, blocked } = await readChat(target, chatId)
  const told = messages.map((message): SimulatorEvent => ({ type: 'message', message }))
  return [...told, { type: 'blocked', blocked }]
}
