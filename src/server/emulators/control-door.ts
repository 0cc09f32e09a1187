import type { IncomingMessage, ServerResponse } from 'node:http'
import { ControlError, invalidInput } from './control-error.ts'
import { requireControlKey } from './control-key.ts'
import { BodyTooLarge } from './read-body.ts'
import { sendJson } from './send-json.ts'

export type Exchange = { request: IncomingMessage; response: ServerResponse }

/** Answers a request to `/control/…` once it has shown the key: with what `run` says, unless it answered itself. */
export async function answerControl(
  controlKey: string,
  { request, response }: Exchange,
  run: (url: URL) => Promise<unknown>,
): Promise<void> {
  try {
    requireControlKey(request, controlKey)
    const body = await run(new URL(request.url ?? '/', 'http://localhost'))
    sendJson(response, 200, { body: body ?? { ok: true } })
  } catch (error) {
    const { status, code, message } = asControlError(error)
    const headers = status === 413 ? { connection: 'close' } : {}
    sendJson(response, status, { body: { error: { code, message } }, headers })
  }
}

/** Errors: 400. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidInput('the body is not JSON')
  }
}

function asControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error
  if (error instanceof BodyTooLarge) return new ControlError(413, 'too_large', error.message)
  return new ControlError(500, 'internal', error instanceof Error ? error.message : 'unknown')
}
