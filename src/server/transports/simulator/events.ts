import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { SimulatorEvent } from '../../contract/simulator.ts'
import type { Stage } from './stage.ts'

const HEARTBEAT_MS = 15_000
/** A page that reads slower than this is cut off, and resumes by position. */
const MAX_UNREAD_BYTES = 1024 * 1024

/** Shows a chat to a page until the page goes. */
export async function streamChat(
  stage: Stage,
  chatId: number,
  { response, lastEventId }: { response: ServerResponse; lastEventId: string | undefined },
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  const write = (frame: string) => {
    response.write(frame)
    if (response.writableLength > MAX_UNREAD_BYTES) response.destroy()
  }
  const stop = stage.watch(chatId, lastEventId, (event, position) => {
    const events = event === 'reset' ? wholeChat(stage, chatId) : event === null ? [] : [event]
    write(framesOf(events, position))
  })
  const heart = setInterval(() => write(': heartbeat\n\n'), HEARTBEAT_MS)
  try {
    if (!gone.signal.aborted) await once(gone.signal, 'abort')
  } finally {
    clearInterval(heart)
    stop()
  }
}

/** The position goes along even where there is nothing to say. */
function framesOf(events: readonly SimulatorEvent[], position: string | null): string {
  const frames = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
  return position === null ? frames : `id: ${position}\n${frames === '' ? '\n' : frames}`
}

// The position is gone at the emulator: the page merges by id, so that it can simply be told everything.
function wholeChat(stage: Stage, chatId: number): SimulatorEvent[] {
  const { messages, blocked } = stage.read(chatId)
  const told = messages.map((message): SimulatorEvent => ({ type: 'message', message }))
  return [...told, { type: 'blocked', blocked }]
}
