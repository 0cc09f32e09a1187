import { randomUUID } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** Everything that the servers of a run wrote, a file each, and the secrets that the run used. */
const FOLDER = path.resolve(import.meta.dirname, '../.logs')
const SECRETS = path.join(FOLDER, 'secrets.jsonl')
const MIN_LENGTH = 8
/** Fields whose text proves a right, on any of our wires. */
const NAMES = /(password|token|secret|cookie|otp\w*|recovery\w*|encryption\w*)$/i

/** Playwright's global setup: a run begins with an empty folder. */
export default function emptyFolder() {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
}

/** Writes what a server says into a file of its own. Every server of a run is started with this. */
export function keepLog(...streams: (Readable | null)[]): void {
  mkdirSync(FOLDER, { recursive: true })
  const file = path.join(FOLDER, `${randomUUID()}.log`)
  writeFileSync(file, '')
  for (const stream of streams) stream?.on('data', (chunk: Buffer) => appendFileSync(file, chunk))
}

const kept = new Set<string>()

/** Names something that nobody may read in a log. Give it whatever your test creates or is shown once. */
export function keepSecret(kind: string, value: string | undefined): void {
  if (value === undefined || value.length < MIN_LENGTH || kept.has(value)) return
  kept.add(value)
  mkdirSync(FOLDER, { recursive: true })
  appendFileSync(SECRETS, `${JSON.stringify({ kind, value })}\n`)
}

/** The same for every field of a body, a file or settings whose name says that it is one. */
export function keepSecretsOf(value: unknown, name = ''): void {
  if (typeof value === 'string') keepText(name, value)
  else if (Array.isArray(value)) for (const one of value) keepSecretsOf(one, name)
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) keepSecretsOf(inner, key)
}

function keepText(name: string, value: string) {
  const link = /\/(?:invitations|reset)\/([\w-]{20,})/.exec(value)?.[1]
  keepSecret('link', link)
  if (NAMES.test(name)) keepSecret(name, value)
  else if (/^peyk_|^\d{5,}:[\w-]{30,}$|^eyJ/.test(value)) keepSecret('token', value)
  else keepSecret('connection', /^\w+:\/\/[^:@/]*:([^@/]+)@/.exec(value)?.[1])
}

/** The secrets of an installation with the embedded database, before its folder goes. */
export function keepSecretsIn(dataDir: string): void {
  for (const name of ['postgres-password', 'secrets.json', 'demo.json']) {
    const file = path.join(dataDir, name)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (name === 'demo.json') keepSecretsOf(parse(text))
    // Every text of these files is a secret; old keys stand with commas between.
    else for (const value of text.match(/[\w-]{32,}/g) ?? []) keepSecret(name, value)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Cookies that an answer sets, by their values alone. */
export function keepCookies(lines: string | string[] | undefined): void {
  for (const line of [lines ?? []].flat()) keepSecret('cookie', /^[^=;]+=([^;]*)/.exec(line)?.[1])
}

export interface KeptSecret {
  kind: string
  value: string
}

/** What the run has left to be searched. */
export function readRun(): { logs: { name: string; text: string }[]; secrets: KeptSecret[] } {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.log')) : []
  const logs = names.map((name) => ({ name, text: readFileSync(path.join(FOLDER, name), 'utf8') }))
  const lines = existsSync(SECRETS) ? readFileSync(SECRETS, 'utf8').trim().split('\n') : []
  return { logs, secrets: lines.map((line) => JSON.parse(line) as KeptSecret) }
}
