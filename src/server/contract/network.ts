import { z } from 'zod'

/** An address or a network in its one spelling, `address/bits`. */
export interface Network {
  address: string
  bits: number
  family: 'ipv4' | 'ipv6'
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i

/** The one spelling of an address, IPv4 in IPv6 unwrapped; null where it is none. */
export function toAddress(text: string): string | null {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  const plain = MAPPED.exec(bare)?.[1] ?? bare
  const parts = V4.exec(plain)?.slice(1).map(Number)
  if (parts) return parts.every((part) => part <= 255) ? parts.join('.') : null
  if (!/^[0-9a-f:.]{2,45}$/i.test(plain) || !plain.includes(':')) return null
  try {
    const compressed = new URL(`http://[${plain}]`).hostname.slice(1, -1)
    const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compressed)
    return mapped ? fromHex(mapped[1] ?? '', mapped[2] ?? '') : compressed
  } catch {
    return null
  }
}

const fromHex = (high: string, low: string) => {
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`
}

/** An address (IPv6: its /64) or a CIDR network; null where it is neither. */
export function toNetwork(text: string): Network | null {
  const [head = '', tail, ...rest] = text.split('/')
  const address = toAddress(head)
  if (!address || rest.length > 0) return null
  const family = address.includes(':') ? 'ipv6' : 'ipv4'
  const widest = family === 'ipv4' ? 32 : 128
  const bits = tail === undefined ? (family === 'ipv4' ? 32 : 64) : /^\d{1,3}$/.test(tail) ? Number(tail) : -1
  if (bits < 0 || bits > widest) return null
  return { address: masked(address, bits, family), bits, family }
}

export const spellNetwork = ({ address, bits }: Network): string => `${address}/${bits}`

/** What limits count by: an IPv4 address, or the /64 of an IPv6 one, of which one person has all. */
export const limitKeyOf = (address: string): string => {
  const network = toNetwork(address)
  return network ? spellNetwork(network) : 'unknown'
}

export const contains = (network: Network, address: string): boolean => {
  const own = toNetwork(`${address}/${network.bits}`)
  return own !== null && own.family === network.family && own.address === network.address
}

function masked(address: string, bits: number, family: Network['family']): string {
  const bytes = family === 'ipv4' ? address.split('.').map(Number) : bytesOf(address)
  const kept = bytes.map((byte, index) => {
    const left = bits - index * 8
    return left >= 8 ? byte : left <= 0 ? 0 : byte & (0xff << (8 - left)) & 0xff
  })
  if (family === 'ipv4') return kept.join('.')
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((kept[i * 2] ?? 0) << 8) | (kept[i * 2 + 1] ?? 0)).toString(16),
  )
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}

function bytesOf(address: string): number[] {
  const [head = '', tail] = address.split('::')
  const groups = (part: string | undefined) => (part ? part.split(':') : [])
  const [left, right] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
}

/** An address or network as a person writes it. */
export const NetworkText = z
  .string()
  .max(64)
  .refine((text) => toNetwork(text) !== null, 'Enter an IP address or a network such as 203.0.113.0/24')
