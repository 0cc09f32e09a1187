import type { ServerResponse } from 'node:http'

/** Aborts when nobody waits for the answer any more. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}
