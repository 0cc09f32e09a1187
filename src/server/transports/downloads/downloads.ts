import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { authenticateSession } from '../../core/accounts/authenticate.ts'
import type { Ctx, MemberCtx } from '../../core/context.ts'
import { exportCustomer } from '../../core/customers/export.ts'
import { DomainError, isDomainError } from '../../core/errors.ts'
import { ERROR_TABLE } from '../errors.ts'
import { exportFileName, fileHeaders, toExportText } from '../export-text.ts'
import { auditFile } from './audit-file.ts'

interface Deps {
  base: Ctx
  readSessionId(cookieHeader: string | undefined): Promise<string | null>
  addressOf(req: IncomingMessage): string
}

interface File {
  headers: Record<string, string>
  text: AsyncIterable<string>
}

/**
 * Files for the console, which knows its person by a cookie: tRPC answers whole or not at all, and REST takes tokens. They
 * are asked for with POST, so that a foreign page cannot make a browser fetch one: whoever changes is of our origin.
 */
export function createDownloads(deps: Deps) {
  return async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    try {
      const { headers, text } = await open(deps, req, url)
      res.writeHead(200, headers)
      await pipeline(text, res).catch((err) => deps.base.log.warn({ err }, 'A file could not be sent whole'))
    } catch (error) {
      refuse(deps.base, res, error)
    }
  }
}

const CUSTOMER = /^\/downloads\/customers\/(\d{1,9})$/

async function open(deps: Deps, req: IncomingMessage, url: URL): Promise<File> {
  const sessionId = await deps.readSessionId(req.headers.cookie)
  if (sessionId === null) throw new DomainError('unauthenticated', 'Sign in to continue')
  const member = await authenticateSession(deps.base, sessionId)
  const actor = { ...member, workspaces: member.workspaces.filter(({ id }) => id === member.workspaceId) }
  const ctx: MemberCtx = { ...deps.base, actor: { ...actor, address: deps.addressOf(req) } }
  const customer = CUSTOMER.exec(url.pathname)
  if (req.method === 'POST' && url.pathname === '/downloads/audit-log')
    return auditFile(ctx, url.searchParams)
  if (req.method !== 'POST' || !customer) throw new DomainError('not_found', 'There is no such file')
  return customerFile(ctx, Number(customer[1]))
}

async function customerFile(ctx: MemberCtx, customerId: number): Promise<File> {
  const parts = await exportCustomer(ctx, { customerId })
  return {
    headers: fileHeaders(exportFileName(customerId), 'application/json'),
    text: toExportText(parts),
  }
}

function refuse({ log }: Ctx, res: ServerResponse, error: unknown): void {
  const known = isDomainError(error) ? error : null
  if (!known) log.error({ err: error }, 'A file could not be made')
  const code = known?.code ?? 'internal'
  const body = { error: known?.message ?? 'An unexpected error occurred', error_code: code.toUpperCase() }
  res.writeHead(ERROR_TABLE[code].http, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  res.end(JSON.stringify(body))
}
