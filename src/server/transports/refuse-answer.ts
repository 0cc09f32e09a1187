import type { ServerResponse } from 'node:http'
import type { Ctx } from '../core/context.ts'
import { isDomainError } from '../core/errors.ts'
import { ERROR_TABLE } from './errors.ts'

/** Answers a refusal as JSON; what is none is logged, and told without a word about why. */
export function refuseAnswer(
  { log }: Pick<Ctx, 'log'>,
  res: ServerResponse,
  error: unknown,
  headers: Record<string, string> = {},
): void {
  const known = isDomainError(error) ? error : null
  if (!known) log.error({ err: error }, 'A file could not be served')
  if (known?.code === 'unavailable') log.warn({ err: known }, 'A file could not be served')
  if (res.headersSent) return void res.destroy()
  const code = known?.code ?? 'internal'
  const body = { error: known?.message ?? 'An unexpected error occurred', error_code: code.toUpperCase() }
  const retry = code === 'rate_limited' || code === 'unavailable' ? { 'retry-after': '5' } : {}
  const always = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  res.writeHead(ERROR_TABLE[code].http, { ...always, ...retry, ...headers }).end(JSON.stringify(body))
}
