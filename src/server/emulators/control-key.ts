import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ControlError } from './control-error.ts'

const CONTROL_KEY_HEADER = 'x-emulator-key'

export function newControlKey(): string {
  return randomBytes(24).toString('base64url')
}

// Whoever writes as a customer or sets faults must hold the key: a page in a browser on this machine does not.
export function requireControlKey(request: IncomingMessage, controlKey: string): void {
  const given = request.headers[CONTROL_KEY_HEADER]
  if (typeof given !== 'string' || !timingSafeEqual(digest(given), digest(controlKey))) {
    throw new ControlError(401, 'unauthenticated', 'the control key is missing or wrong')
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
