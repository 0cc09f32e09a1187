import { randomBytes } from 'node:crypto'
import { type ErrorRow, errorRow } from './error-table.ts'

/** An error in Graph's own words and envelope. */
export class GraphError extends Error {
  readonly row: ErrorRow

  constructor(row: ErrorRow) {
    super(row.message)
    this.row = row
  }
}

/** The row of the table for the code, in other words where they are given. */
export function graphError(code: number, subcode?: number, message?: string): GraphError {
  const row = errorRow(code, subcode)
  return new GraphError(message === undefined ? row : { ...row, message })
}

export function badParameter(reason: string): GraphError {
  return graphError(100, undefined, `(#100) ${reason}`)
}

export function noSuchObject(verb: string, id: string): GraphError {
  const message = `Unsupported ${verb.toLowerCase()} request. Object with ID '${id.slice(0, 200)}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`
  return graphError(100, 33, message)
}

export function errorEnvelope({ row }: GraphError): { error: Record<string, unknown> } {
  return {
    error: {
      message: row.message,
      type: row.type ?? 'OAuthException',
      ...(row.transient === undefined ? {} : { is_transient: row.transient }),
      code: row.code,
      ...(row.subcode === undefined ? {} : { error_subcode: row.subcode }),
      ...(row.title === undefined ? {} : { error_user_title: row.title }),
      ...(row.userMessage === undefined ? {} : { error_user_msg: row.userMessage }),
      fbtrace_id: newTraceId(),
    },
  }
}

export function newTraceId(): string {
  return `A${randomBytes(16).toString('base64url')}`
}
