import { on, once } from 'node:events'
import WebSocket from 'ws'

const PATIENCE_MS = 10_000

/** Posts JSON and answers the JSON that comes back; anything but success throws. */
export async function post<T>(url: string, body: object, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`POST ${new URL(url).pathname} answered ${response.status}: ${text}`)
  return JSON.parse(text) as T
}

/** Does the work for every item, a few at a time; the answers are in the order of the items. */
export async function each<I, O>(items: I[], atOnce: number, work: (item: I) => Promise<O>): Promise<O[]> {
  const answers: O[] = []
  for (let at = 0; at < items.length; at += atOnce)
    answers.push(...(await Promise.all(items.slice(at, at + atOnce).map(work))))
  return answers
}

/** Asks the raw list socket for as many conversations as one page holds. */
export async function listConversations(url: string, token: string, limit: number): Promise<string[]> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/conversations/?token=${token}`)
  const signal = AbortSignal.timeout(PATIENCE_MS)
  // Two frames may come in one turn of the event loop: they are collected from the beginning.
  const frames = on(socket, 'message', { signal })
  try {
    await once(socket, 'open', { signal })
    socket.send(JSON.stringify({ type: 'get_conversations', filters: { page: 1, page_size: limit } }))
    for await (const [data] of frames) {
      const frame = JSON.parse(String(data)) as { conversations?: { id: string }[]; filters?: object }
      const isOurs = Object.keys(frame.filters ?? {}).length > 0
      if (frame.conversations && isOurs) return frame.conversations.map(({ id }) => id)
    }
    throw new Error('The list of conversations ended without an answer')
  } finally {
    socket.terminate()
  }
}
