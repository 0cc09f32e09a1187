import { lookup } from 'node:dns/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { DomainError, isDomainError } from '../../core/errors.ts'
import type { FetchedMedia, Fetching, FetchMedia } from '../../core/ports/fetch-media.ts'
import { boundedBytes } from '../read-answer.ts'
import { isPublicAddress } from './public-address.ts'

const TIMEOUT_MS = 60_000
const MAX_REDIRECTS = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** Below these a server asks to come again; all other refusals of a file are for good. */
const PASSING = new Set([408, 425, 429])

interface Address {
  address: string
  family: number
}

export type Resolve = (host: string) => Promise<Address[]>

const resolveAll: Resolve = (host) => lookup(host, { all: true })

/** Fetches over https from public addresses alone. The name is resolved once, and the connection goes to what was looked at. */
export const createFetchMedia = (resolve: Resolve = resolveAll): FetchMedia => ({
  async open(text, how) {
    const signal = AbortSignal.timeout(how.timeoutMs ?? TIMEOUT_MS)
    try {
      return bounded(await follow(resolve, text, { how, signal }), how.maxBytes)
    } catch (error) {
      throw refusalOf(error)
    }
  },
})

interface Journey {
  how: Fetching
  signal: AbortSignal
}

async function follow(resolve: Resolve, text: string, { how, signal }: Journey): Promise<IncomingMessage> {
  let url = urlOf(text)
  // Only where the way begins at the channel's own server may it go on there: a stranger's redirect does not lead to it.
  let isOwn = isOwnRoot(url, how)
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const address = isOwn ? null : await publicAddressOf(resolve, url)
    const answer = await request(url, address, signal)
    const { statusCode: status = 0, headers } = answer
    if (status === 200) return answer
    answer.destroy()
    if (!REDIRECTS.has(status) || !headers.location) throw refusalOfStatus(status)
    url = urlOf(headers.location, url)
    isOwn = isOwn && isOwnRoot(url, how)
  }
  throw refused('It leads on too often')
}

function urlOf(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw refused('This is no address')
  const url = new URL(text, base)
  if (url.username || url.password) throw refused('An address with a password is not fetched')
  return url
}

const isOwnRoot = (url: URL, { ownRoot }: Fetching) =>
  Boolean(ownRoot) && URL.canParse(ownRoot ?? '') && new URL(ownRoot ?? '').origin === url.origin

async function publicAddressOf(resolve: Resolve, url: URL): Promise<Address> {
  if (url.protocol !== 'https:') throw refused('Only https is fetched')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(host)
  const addresses = family ? [{ address: host, family }] : await resolve(host)
  // One bad address among good ones is how a name gets past whoever looks at the first alone.
  const [first] = addresses
  if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
    throw refused('Only public addresses are fetched')
  return first
}

function request(url: URL, pinned: Address | null, signal: AbortSignal): Promise<IncomingMessage> {
  const client = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const asking = client.request(url, {
      signal,
      // A connection of its own: one that is kept could belong to what another name pointed to.
      agent: false,
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Peyk' },
      ...(pinned && { lookup: pinTo(pinned) }),
    })
    asking.on('response', resolve).on('error', reject).end()
  })
}

type LookupDone = (error: null, address: string | Address[], family?: number) => void

const pinTo =
  ({ address, family }: Address) =>
  (_host: string, options: { all?: boolean }, done: LookupDone) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family)

function bounded(answer: IncomingMessage, maxBytes: number): FetchedMedia {
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = answer.headers
  const size = length === undefined ? null : Number(length)
  const isTooLarge = size !== null && size > maxBytes
  if (!isTooLarge && encoding === 'identity') return { size, bytes: boundedBytes(answer, maxBytes) }
  answer.destroy()
  throw isTooLarge ? tooLarge() : new DomainError('unavailable', 'It came in another form than was asked for')
}

const refused = (sentence: string) => new DomainError('invalid_input', sentence)
const tooLarge = () => new DomainError('too_large', 'The file is too large')

const refusalOfStatus = (status: number) =>
  status >= 400 && status < 500 && !PASSING.has(status)
    ? new DomainError('not_found', 'The file is not there any more')
    : new DomainError('unavailable', 'The file could not be fetched')

const refusalOf = (cause: unknown) =>
  isDomainError(cause) ? cause : new DomainError('unavailable', 'The file could not be fetched', { cause })
