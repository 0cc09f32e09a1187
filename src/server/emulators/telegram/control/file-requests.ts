import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../../read-body.ts'
import { sendJson } from '../../send-json.ts'
import type { ControlApi } from '../control-types.ts'
import type { EmulatorLimits } from '../limits.ts'
import { Input } from './input.ts'

const UPLOAD_PATH = '/control/files'
const FILE_PATH = /^\/control\/files\/(\d{1,15})$/

/** Takes and gives files as raw bytes; false where the request is about something else. */
export async function handleFiles(
  { control, limits }: { control: ControlApi; limits: EmulatorLimits },
  { request, response, url }: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<boolean> {
  const [, fileKey] = FILE_PATH.exec(url.pathname) ?? []
  if (request.method === 'GET' && fileKey !== undefined) {
    sendFile(control, Number(fileKey), response)
    return true
  }
  if (request.method !== 'POST' || url.pathname !== UPLOAD_PATH) return false
  const bytes = await readBody(request, limits.maxUploadBytes)
  const query = new Input(Object.fromEntries(url.searchParams))
  const type = request.headers['content-type']
  const file = control.putFile({ bytes, name: query.optionalText('name'), mime: mimeOf(type) })
  sendJson(response, 200, { body: file })
  return true
}

function sendFile(control: ControlApi, fileKey: number, response: ServerResponse): void {
  const { file, bytes } = control.readFile(fileKey)
  response.writeHead(200, {
    'content-type': file.mime,
    'content-length': bytes.length,
    'x-content-type-options': 'nosniff',
    'content-disposition': 'attachment',
  })
  response.end(bytes)
}

/** What clients say when they know nothing is nothing. */
function mimeOf(header: string | undefined): string | undefined {
  const isTelling = header !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(header)
  return isTelling && header !== 'application/octet-stream' ? header : undefined
}
