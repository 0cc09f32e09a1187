import type { IncomingMessage } from 'node:http'
import { BodyTooLarge, readBody } from '../../read-body.ts'
import type { EmulatorLimits } from '../limits.ts'
import { BotApiError, badRequest } from './bot-api-error.ts'
import { Params, type UploadedFile } from './params.ts'

type Form = { fields: Array<[string, string]>; files: ReadonlyMap<string, UploadedFile> }

const MAX_PARAMS = 1_000
const NOTHING: Form = { fields: [], files: new Map() }

/** Query and body together, as text; what the query names wins. */
export async function readParams(
  request: IncomingMessage,
  url: URL,
  limits: EmulatorLimits,
): Promise<Params> {
  const values = new Map<string, string>()
  const add = (name: string, value: string) => {
    if (!values.has(name) && values.size < MAX_PARAMS) values.set(name, value)
  }
  url.searchParams.forEach((value, name) => {
    add(name, value)
  })
  const { fields, files } = await readForm(request, limits)
  for (const [name, value] of fields) add(name, value)
  return new Params(values, files)
}

/** A webhook's answer, or a JSON body: one object of parameters. */
export function parseJsonParams(text: string): Array<[string, string]> {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('object expected as the request body')
  }
  return asParams(value)
}

/** Each member as the text that it would be in a form. */
export function asParams(value: object): Array<[string, string]> {
  return Object.entries(value)
    .filter(([, member]) => member !== null && member !== undefined)
    .map(([name, member]) => [name, typeof member === 'string' ? member : JSON.stringify(member)])
}

async function readForm(request: IncomingMessage, limits: EmulatorLimits): Promise<Form> {
  const type = request.headers['content-type'] ?? ''
  const isMultipart = type.includes('multipart/form-data')
  const maxBytes = isMultipart ? limits.maxUploadBytes + limits.maxRequestBytes : limits.maxRequestBytes
  const body = await readBody(request, maxBytes).catch((error: unknown) => {
    throw error instanceof BodyTooLarge ? tooLarge() : error
  })
  if (body.length === 0) return NOTHING
  if (isMultipart) return readMultipart(body, type, limits)
  if (type.includes('application/json')) return { ...NOTHING, fields: parseJsonParams(decodeUtf8(body)) }
  if (!type.includes('application/x-www-form-urlencoded')) return NOTHING
  return { ...NOTHING, fields: [...new URLSearchParams(decodeUtf8(body))] }
}

async function readMultipart(body: Buffer, type: string, limits: EmulatorLimits): Promise<Form> {
  const options = { headers: { 'content-type': type } }
  const form = await new Response(new Uint8Array(body), options).formData().catch(() => {
    throw badRequest("can't parse the multipart body")
  })
  const fields: Array<[string, string]> = []
  const files = new Map<string, UploadedFile>()
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.push([name, value])
    else if (value.size > limits.maxUploadBytes) throw tooLarge()
    else
      files.set(name, { name: value.name, mime: value.type, bytes: Buffer.from(await value.arrayBuffer()) })
  }
  return { fields, files }
}

function tooLarge(): BotApiError {
  return new BotApiError(413, 'Request Entity Too Large')
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
