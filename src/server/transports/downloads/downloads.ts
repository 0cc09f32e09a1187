import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { MemberCtx } from '../../core/context.ts'
import { exportCustomer } from '../../core/customers/export.ts'
import { DomainError } from '../../core/errors.ts'
import { type ConsoleDeps, consoleMember } from '../console-member.ts'
import { exportFileName, fileHeaders, toExportText } from '../export-text.ts'
import { refuseAnswer } from '../refuse-answer.ts'
import { auditFile } from './audit-file.ts'

interface File {
  headers: Record<string, string>
  text: AsyncIterable<string>
}

/**
 * Files for the console, which knows its person by a cookie: tRPC answers whole or not at all, and REST takes tokens. They
 * are asked for with POST, so that a foreign page cannot make a browser fetch one: whoever changes is of our origin.
 */
export function createDownloads(deps: ConsoleDeps) {
  return async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    try {
      const { headers, text } = await open(deps, req, url)
      res.writeHead(200, headers)
      await pipeline(text, res).catch((err) => deps.base.log.warn({ err }, 'A file could not be sent whole'))
    } catch (error) {
      refuseAnswer(deps.base, res, error)
    }
  }
}

const CUSTOMER = /^\/downloads\/customers\/(\d{1,9})$/

async function open(deps: ConsoleDeps, req: IncomingMessage, url: URL): Promise<File> {
  const ctx = await consoleMember(deps, req)
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
