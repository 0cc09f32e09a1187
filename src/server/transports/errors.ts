import type { TRPC_ERROR_CODE_KEY } from '@trpc/server'
import type { ErrorCode } from '../contract/error.ts'

interface Row {
  http: number
  trpc: TRPC_ERROR_CODE_KEY
  close: number
}

/** How each wire spells each refusal of the core. */
export const ERROR_TABLE = {
  invalid_input: { http: 400, trpc: 'BAD_REQUEST', close: 1008 },
  unauthenticated: { http: 401, trpc: 'UNAUTHORIZED', close: 1008 },
  forbidden: { http: 403, trpc: 'FORBIDDEN', close: 1008 },
  not_found: { http: 404, trpc: 'NOT_FOUND', close: 1008 },
  conflict: { http: 409, trpc: 'CONFLICT', close: 1008 },
  precondition_failed: { http: 412, trpc: 'PRECONDITION_FAILED', close: 1008 },
  too_large: { http: 413, trpc: 'PAYLOAD_TOO_LARGE', close: 1009 },
  rate_limited: { http: 429, trpc: 'TOO_MANY_REQUESTS', close: 1013 },
  unavailable: { http: 503, trpc: 'SERVICE_UNAVAILABLE', close: 1013 },
  internal: { http: 500, trpc: 'INTERNAL_SERVER_ERROR', close: 1013 },
} satisfies Record<ErrorCode, Row>
