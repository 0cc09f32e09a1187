import { z } from 'zod'
import { FieldErrors, RestError, Results } from '../../contract/rest.ts'
import {
  BlockAddress,
  BlockedAddress,
  SecuritySummary,
  UserActivity,
  UserStats,
} from '../../contract/security.ts'
import { blockAddress, listBlocked, unblockAddress } from '../../core/security/blacklist.ts'
import { getUserActivityReport, getUserWebsocketStats } from '../../core/security/reports/activity.ts'
import { getSecuritySummary } from '../../core/security/reports/summary.ts'
import { type Answer, type MemberExchange, refuse } from './exchange.ts'
import { idOf, parseBody } from './fields.ts'
import type { Route, RouteDoc } from './route.ts'

const DEFAULT_HOURS = 24
const HOURS = { hours: 'The length of the period, 24 if left out; part of an hour may be asked for' }
const BLACKLIST = '/api/v1/security/blacklist/'

/** `security/`: the seed's reports, and the blacklist. No key opens it. */
export const securityRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/security/summary/',
    scopes: [],
    doc: doc('Figures of the doors', { 200: SecuritySummary, 400: RestError }, { query: HOURS }),
    run: async ({ ctx, query }) => ok(await getSecuritySummary(ctx, hoursOf(query))),
  },
  {
    method: 'GET',
    path: '/api/v1/security/users/{user_id}/stats/',
    scopes: [],
    doc: doc('What a person sent', { 200: UserStats, 400: RestError, 404: RestError }, { query: HOURS }),
    run: async ({ ctx, params, query }) =>
      ok(await getUserWebsocketStats(ctx, idOf(params[0], 'User'), hoursOf(query))),
  },
  {
    method: 'GET',
    path: '/api/v1/security/users/{user_id}/activity/',
    scopes: [],
    doc: doc('What a person did and ran into', { 200: UserActivity, 404: RestError }),
    run: async ({ ctx, params }) => ok(await getUserActivityReport(ctx, idOf(params[0], 'User'))),
  },
  {
    method: 'GET',
    path: BLACKLIST,
    scopes: [],
    doc: doc('Addresses that are kept out', { 200: Results(BlockedAddress), 403: RestError }),
    run: async ({ ctx }) => ok({ results: await listBlocked(ctx) }),
  },
  {
    method: 'POST',
    path: BLACKLIST,
    scopes: [],
    doc: doc(
      'Keep an address or a network out',
      { 201: BlockedAddress, 400: FieldErrors, 403: RestError, 409: RestError },
      { body: BlockAddress },
    ),
    run: async ({ ctx, body }) => ({
      status: 201,
      body: await blockAddress(ctx, parseBody(BlockAddress, body)),
    }),
  },
  remove('{ip}/', 'Let an address in again; the slash of a network is written %2F'),
  remove('{ip}/{bits}/', 'Let a network in again'),
]

function remove(path: string, summary: string): Route {
  return {
    method: 'DELETE',
    path: BLACKLIST + path,
    scopes: [],
    doc: doc(summary, { 204: null, 400: RestError, 403: RestError, 404: RestError }),
    async run({ ctx, params }: MemberExchange): Promise<Answer> {
      await unblockAddress(ctx, { ip: params.join('/') })
      return { status: 204 }
    },
  }
}

function doc(
  summary: string,
  answers: RouteDoc['answers'],
  more: Pick<RouteDoc, 'body' | 'query'> = {},
): RouteDoc {
  return { summary, tag: 'security', answers, ...more }
}

const ok = (body: unknown): Answer => ({ status: 200, body })

const Hours = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/)

/** The hours asked for; whether so many may be, the core decides. */
function hoursOf(query: URLSearchParams): number {
  const text = query.get('hours') ?? String(DEFAULT_HOURS)
  if (!Hours.safeParse(text).success) throw refuse(400, 'hours must be a number above 0', 'INVALID_INPUT')
  return Number(text)
}
