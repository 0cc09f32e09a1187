import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { expect } from '@playwright/test'

const HEAD_END = '\r\n\r\n'

/** Speaks HTTP and WebSocket by the byte, and never more politely than it is told to: it answers neither ping nor close. */
export class Wire {
  received = Buffer.alloc(0)
  /** The other side has ended the connection, for good or by a reset. */
  isOver = false
  private readonly socket: Socket

  /** `from` is an address of this machine's own, all of 127.0.0.0/8. */
  constructor(host: string, from = '127.0.0.1') {
    const [hostname = '', port] = host.split(':')
    this.socket = connect({ host: hostname, port: Number(port), localAddress: from, allowHalfOpen: true })
    this.socket.setNoDelay(true)
    this.socket.on('data', (data) => {
      this.received = Buffer.concat([this.received, data])
    })
    for (const end of ['end', 'close', 'error']) this.socket.on(end, () => (this.isOver = true))
  }

  /** A socket that was let in as far as the upgrade goes. */
  static async upgraded(host: string, path: string, headers: Headers = {}, from?: string): Promise<Wire> {
    const wire = new Wire(host, from)
    wire.write(upgradeRequest(path, { Host: host, ...headers }))
    await wire.answered()
    expect(wire.status, `${path.split('?')[0]} is upgraded`).toBe(101)
    return wire
  }

  write(bytes: string | Buffer) {
    if (!this.isOver) this.socket.write(bytes)
  }

  answered(): Promise<void> {
    return expect.poll(() => this.isOver || this.received.includes(HEAD_END), FAST).toBe(true)
  }

  over(): Promise<void> {
    return expect.poll(() => this.isOver, FAST).toBe(true)
  }

  /** The status of the first answer; 0 where there was none. */
  get status(): number {
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.received.toString('latin1'))?.[1] ?? 0)
  }

  /** The code of the close frame; 0 while there is none. */
  get closeCode(): number {
    let rest = this.received.subarray(this.received.indexOf(HEAD_END) + HEAD_END.length)
    while (rest.length >= 2) {
      const short = (rest[1] ?? 0) & 0x7f
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (rest.length < head) return 0
      const length =
        short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2))
      if (((rest[0] ?? 0) & 0x0f) === 8) return length >= 2 ? rest.readUInt16BE(head) : 1005
      rest = rest.subarray(head + length)
    }
    return 0
  }

  async closed(): Promise<number> {
    await expect.poll(() => this.isOver || this.closeCode > 0, FAST).toBe(true)
    return this.closeCode
  }

  end() {
    this.socket.destroy()
  }
}

type Headers = Record<string, string>
const FAST = { intervals: [5, 10, 25, 50] }

export const headersOf = (headers: Headers): string =>
  Object.entries(headers)
    .map((line) => `${line.join(': ')}\r\n`)
    .join('')

export const upgradeRequest = (path: string, headers: Headers = {}): string => {
  const all = {
    Host: '127.0.0.1',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...headers,
  }
  return `GET ${path} HTTP/1.1\r\n${headersOf(all)}\r\n`
}

export const TEXT = 1
export const CONTINUATION = 0
export const CLOSE = 8
export const PING = 9

interface Shape {
  isLast?: boolean
  isMasked?: boolean
  /** The three reserved bits, as a number. */
  reserved?: number
  /** A length other than that of what follows. */
  claimed?: bigint
}

/** One frame of a client, as RFC 6455 section 5.2 draws it, or otherwise. */
export function frame(opcode: number, payload: Buffer | string, shape: Shape = {}): Buffer {
  const { isLast = true, isMasked = true, reserved = 0 } = shape
  const body = Buffer.from(payload)
  const length = shape.claimed ?? BigInt(body.length)
  const size = length < 126n ? 0 : length < 65_536n ? 2 : 8
  const head = Buffer.alloc(2 + size)
  head[0] = (isLast ? 0x80 : 0) | (reserved << 4) | opcode
  head[1] = (isMasked ? 0x80 : 0) | (size === 0 ? Number(length) : size === 2 ? 126 : 127)
  if (size === 2) head.writeUInt16BE(Number(length), 2)
  if (size === 8) head.writeBigUInt64BE(length, 2)
  // A mask of zeros leaves the payload as it is, and is one all the same.
  return Buffer.concat([head, Buffer.alloc(isMasked ? 4 : 0), body])
}

export const closeFrame = (code: number, reason: string | Buffer = ''): Buffer => {
  const head = Buffer.alloc(2)
  head.writeUInt16BE(code)
  return frame(CLOSE, Buffer.concat([head, Buffer.from(reason)]))
}
