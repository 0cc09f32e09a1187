import type { IncomingMessage } from 'node:http'
import { contains, type Network, toAddress } from '../contract/network.ts'
import type { Origin } from '../core/security/doors.ts'

/** Hops that are looked at; a longer chain is nobody's honest proxy. */
const MAX_HOPS = 32

/**
 * Where a request comes from: the peer, unless the peer is a proxy of ours (TRUSTED_PROXIES), whose word is then
 * believed up to the first hop that is not. What anybody else claims in these headers is not looked at.
 */
export function originOf(req: IncomingMessage, trusted: Network[]): Origin {
  const peer = toAddress(req.socket.remoteAddress ?? '') ?? ''
  const isTrusted = (address: string) => trusted.some((network) => contains(network, address))
  const isForwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded'].some(
    (name) => req.headers[name] !== undefined,
  )
  if (!isTrusted(peer)) return { address: peer, isUnknownProxy: isForwarded }
  let address = peer
  for (const hop of hopsOf(req).reverse().slice(0, MAX_HOPS)) {
    const claimed = toAddress(hop)
    if (!claimed) break
    address = claimed
    if (!isTrusted(claimed)) break
  }
  return { address, isUnknownProxy: false }
}

/** True where the browser speaks https, to us or to a proxy of ours. */
export function isHttps(req: IncomingMessage, publicUrl: string, trusted: Network[]): boolean {
  if (publicUrl.startsWith('https:')) return true
  const peer = toAddress(req.socket.remoteAddress ?? '') ?? ''
  const said = [req.headers['x-forwarded-proto'] ?? ''].flat().join(',').split(',', 1)[0]
  return said?.trim() === 'https' && trusted.some((network) => contains(network, peer))
}

function hopsOf({ headers }: IncomingMessage): string[] {
  const forwarded = headers['x-forwarded-for'] ?? headers['x-real-ip'] ?? ''
  const text = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
  return text.split(',').map((hop) => hop.trim().replace(/^(\d+\.\d+\.\d+\.\d+|\[[^\]]*\]):\d+$/, '$1'))
}
