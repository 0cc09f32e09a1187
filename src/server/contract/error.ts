import { z } from 'zod'

/** Every way in which a request of ours can fail, on every wire. */
export const ErrorCode = z.enum([
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'precondition_failed',
  /** The platform lets nobody write to this customer now. */
  'window_closed',
  'too_large',
  'rate_limited',
  'unavailable',
  'internal',
])
export type ErrorCode = z.infer<typeof ErrorCode>
