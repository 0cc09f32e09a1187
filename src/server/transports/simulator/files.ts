import type { IncomingMessage, ServerResponse } from 'node:http'
import { MAX_PHONE_FILE } from '../../contract/simulator.ts'
import { readBytes } from '../read-bytes.ts'
import { SimulatorError, type StageFile } from './stage.ts'

/** What a page may show in itself; everything else is handed over as a file. */
const SHOWN = /^(image\/(jpeg|png|gif|webp)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/
const MIME = /^[a-z]+\/[a-z0-9.+-]{1,100}$/
const MAX_NAME = 120

/** The file in a body: its type in Content-Type, its name, percent-encoded, in X-File-Name. Errors: 400, 413. */
export async function readFile(request: IncomingMessage): Promise<StageFile> {
  const mime = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!MIME.test(mime)) throw new SimulatorError(400, 'A file has a type')
  const name = nameOf(request.headers['x-file-name'])
  const bytes = await readBytes(request, MAX_PHONE_FILE)
  if (!bytes) throw new SimulatorError(413, 'The file is too long')
  if (bytes.length === 0) throw new SimulatorError(400, 'The file is empty')
  return { bytes, mime, name }
}

function nameOf(given: string | string[] | undefined): string | null {
  if (typeof given !== 'string' || given === '') return null
  try {
    return decodeURIComponent(given)
      .replace(/[\p{Cc}\\/]/gu, '_')
      .slice(0, MAX_NAME)
  } catch {
    throw new SimulatorError(400, 'The name of the file cannot be read')
  }
}

/** Hands a customer's file to the page. Whatever its bytes are, nothing in it runs. */
export function sendFile(response: ServerResponse, { bytes, mime }: StageFile): void {
  const isShown = SHOWN.test(mime)
  response.writeHead(200, {
    'content-type': isShown ? mime : 'application/octet-stream',
    'content-length': bytes.length,
    'content-disposition': isShown ? 'inline' : 'attachment',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
  })
  response.end(bytes)
}
