import type { ServerResponse } from 'node:http'

/** What a platform is told. A text goes as it is, for nothing but a program to read. */
export interface Answer {
  status: number
  body: object | string
  headers?: Record<string, string>
}

export const RETRY_LATER = { 'retry-after': '5' }

export const failure = (
  status: number,
  message: string,
  code: string,
  headers?: Record<string, string>,
): Answer => ({
  status,
  body: { status: 'error', message, error_code: code },
  headers,
})

export function sendAnswer(response: ServerResponse, { status, body, headers }: Answer): void {
  if (response.headersSent || response.destroyed) return
  const isText = typeof body === 'string'
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json'
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers })
  response.end(isText ? body : JSON.stringify(body))
}
