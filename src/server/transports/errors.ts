import type { TRPC_ERROR_CODE_KEY } from '@trpc/server'
import type { ErrorCode } from '../contract/error.ts'

interface Row {
  http: number
  trpc: TRPC_ERROR_CODE_KEY
}

/** How each wire spells each refusal of the core. */
export const ERROR_TABLE = {
  invalid_input: { http: 400, trpc: 'BAD_REQUEST' },
  unauthenticated: { http: 401, trpc: 'UNAUTHORIZED' },
  forbidden: { http: 403, trpc: 'FORBIDDEN' },
  not_found: { http: 404, trpc: 'NOT_FOUND' },
  conflict: { http: 409, trpc: 'CONFLICT' },
  precondition_failed: { http: 412, trpc: 'PRECONDITION_FAILED' },
  window_closed: { http: 400, trpc: 'BAD_REQUEST' },
  too_large: { http: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  rate_limited: { http: 429, trpc: 'TOO_MANY_REQUESTS' },
  unavailable: { http: 503, trpc: 'SERVICE_UNAVAILABLE' },
  internal: { http: 500, trpc: 'INTERNAL_SERVER_ERROR' },
} satisfies Record<ErrorCode, Row>
