import type { IncomingMessage } from 'node:http'
import { BodyTooLarge, readBody } from '../http/read-body.ts'
import { BotApiError, badRequest } from './bot-api-error.ts'
import { Params } from './params.ts'

const MAX_PARAMS = 1_000

/** Query and body together, as text; what the query names wins. */
export async function readParams(request: IncomingMessage, url: URL, maxBytes: number): Promise<Params> {
  const values = new Map<string, string>()
  const add = (name: string, value: string) => {
    if (!values.has(name) && values.size < MAX_PARAMS) values.set(name, value)
  }
  url.searchParams.forEach((value, name) => {
    add(name, value)
  })
  for (const [name, value] of await readBodyParams(request, maxBytes)) add(name, value)
  return new Params(values)
}

/** A webhook's answer, or a JSON body: one object of parameters. */
export function parseJsonParams(text: string): Array<[string, string]> {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('object expected as the request body')
  }
  return Object.entries(value)
    .filter(([, member]) => member !== null && member !== undefined)
    .map(([name, member]) => [name, typeof member === 'string' ? member : JSON.stringify(member)])
}

async function readBodyParams(request: IncomingMessage, maxBytes: number): Promise<Array<[string, string]>> {
  const body = await readBody(request, maxBytes).catch((error: unknown) => {
    throw error instanceof BodyTooLarge ? new BotApiError(413, 'Request Entity Too Large') : error
  })
  const type = request.headers['content-type'] ?? ''
  if (body.length === 0) return []
  if (type.includes('application/json')) return parseJsonParams(decodeUtf8(body))
  if (type.includes('application/x-www-form-urlencoded')) return [...new URLSearchParams(decodeUtf8(body))]
  if (type.includes('multipart/form-data')) return readForm(body, type)
  return []
}

/** Files are not among the parameters. */
async function readForm(body: Buffer, type: string): Promise<Array<[string, string]>> {
  const options = { headers: { 'content-type': type } }
  const form = await new Response(new Uint8Array(body), options).formData().catch(() => {
    throw badRequest("can't parse the multipart body")
  })
  const fields: Array<[string, string]> = []
  form.forEach((value, name) => {
    if (typeof value === 'string') fields.push([name, value])
  })
  return fields
}

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw badRequest('strings must be encoded in UTF-8')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest("can't parse the request body as JSON")
  }
}
