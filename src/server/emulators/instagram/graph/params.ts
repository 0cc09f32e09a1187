import type { IncomingMessage } from 'node:http'
import { BodyTooLarge, readBody } from '../../read-body.ts'
import { badParameter } from './graph-error.ts'

const MAX_PARAMS = 100
type Members = Record<string, unknown>

/** Query and body together; what is an object may come as JSON or as a text of JSON. */
export class Params {
  readonly #values: ReadonlyMap<string, unknown>

  constructor(values: Iterable<readonly [string, unknown]>) {
    this.#values = new Map([...values].slice(0, MAX_PARAMS))
  }

  has(name: string): boolean {
    return this.#values.has(name)
  }

  text(name: string): string {
    const value = this.#values.get(name)
    if (typeof value === 'string') return value
    return typeof value === 'number' ? String(value) : ''
  }

  object(name: string): Members | null {
    const value = this.#values.get(name)
    return asMembers(typeof value === 'string' ? parseOrNull(value) : value)
  }

  /** A list as Graph takes it: JSON, or names between commas. */
  names(name: string): string[] {
    const value = this.#values.get(name)
    const parsed = typeof value === 'string' && value.trimStart().startsWith('[') ? parseOrNull(value) : value
    if (Array.isArray(parsed)) return parsed.map(String)
    return this.text(name)
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
  }

  /** Each value as a text. */
  texts(): Map<string, string> {
    const entries = [...this.#values].map(
      ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    )
    return new Map(entries)
  }
}

export async function readParams(request: IncomingMessage, url: URL, maxBytes: number): Promise<Params> {
  const body = await readBody(request, maxBytes).catch((error: unknown) => {
    throw error instanceof BodyTooLarge ? badParameter('The request is too large') : error
  })
  const type = request.headers['content-type'] ?? ''
  return new Params([...bodyMembers(body.toString('utf8'), type), ...url.searchParams])
}

export function asMembers(value: unknown): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null
}

function bodyMembers(text: string, type: string): Array<[string, unknown]> {
  if (text === '') return []
  if (!type.includes('application/json')) return [...new URLSearchParams(text)]
  const members = asMembers(parseOrNull(text))
  if (members === null) throw badParameter('The request body is not a JSON object')
  return Object.entries(members)
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
