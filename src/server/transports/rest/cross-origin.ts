import type { IncomingMessage } from 'node:http'
import type { Ctx } from '../../core/context.ts'
import type { Answer } from './exchange.ts'
import type { CompiledRoute } from './route.ts'

const PREFLIGHT_S = '600'

/** A browser's question before a request that crosses origins. */
export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

/** Only a route that says so is answered across origins, and only pages that some website of ours names, to the letter. */
export async function crossOriginHeaders(
  { visitors }: Pick<Ctx, 'visitors'>,
  req: IncomingMessage,
  found: CompiledRoute[],
): Promise<Record<string, string>> {
  if (!found.some(({ route }) => route.isCrossOrigin)) return {}
  const { origin } = req.headers
  const vary = { vary: 'origin' }
  if (!origin || !(await visitors.isAllowedSomewhere(origin))) return vary
  return { ...vary, 'access-control-allow-origin': origin }
}

/** Never with credentials: cookies of ours are no business of other sites. */
export const preflightAnswer = (headers: Record<string, string>): Answer => ({
  status: 'access-control-allow-origin' in headers ? 204 : 403,
  headers: {
    ...headers,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': PREFLIGHT_S,
  },
})
