import type { ResponseParameters } from '../fault-types.ts'

/** An error in the Bot API's own words: the HTTP status equals `error_code`. */
export class BotApiError extends Error {
  readonly status: number
  readonly parameters: ResponseParameters | undefined

  constructor(status: number, description: string, parameters?: ResponseParameters) {
    super(description)
    this.status = status
    this.parameters = parameters
  }
}

export function badRequest(reason: string): BotApiError {
  return new BotApiError(400, `Bad Request: ${reason}`)
}

export function forbidden(reason: string): BotApiError {
  return new BotApiError(403, `Forbidden: ${reason}`)
}

export function tooManyRequests(retryAfter: number): BotApiError {
  return new BotApiError(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter })
}
