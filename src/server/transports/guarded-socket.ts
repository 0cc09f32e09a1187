import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** Bytes that may wait in a socket's buffer before the reader is cut off; it resumes by position. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024
/** Ephemeral frames are dropped first. */
const MAX_BUFFERED_EPHEMERAL = 256 * 1024
export const TOO_SLOW = 1013
/** Sockets that are held back together: the first of a large room need not wait for the last. */
const MAX_CORKED = 64

/**
 * The sockets that have been written to in this turn of the event loop. They are corked until its end: the frames of a
 * group of messages leave in one system call a socket (fan-out: 13 to 10 µs of CPU a delivery).
 */
export class Outlet {
  private corked: Duplex[] = []

  cork(stream: Duplex) {
    if (this.corked.length === 0) setImmediate(() => this.uncork())
    this.corked.push(stream)
    stream.cork()
    if (this.corked.length >= MAX_CORKED) this.uncork()
  }

  private uncork() {
    const { corked } = this
    this.corked = []
    for (const stream of corked) stream.uncork()
  }
}

/** One raw socket's way out: frames that were encoded once, bounded by what the reader takes. */
export class Wire {
  constructor(
    readonly socket: WebSocket,
    private readonly stream: Duplex,
    private readonly outlet: Outlet,
  ) {}

  /** Sends a frame, or closes the socket of a reader that does not keep up: ws ends it if the reader does not answer. */
  send(frame: Buffer) {
    if (this.socket.readyState !== this.socket.OPEN) return
    if (this.socket.bufferedAmount <= MAX_BUFFERED_BYTES) return this.write(frame)
    this.socket.close(TOO_SLOW, 'Too slow')
  }

  /** Sends a frame that the reader can do without, unless it is behind. */
  sendEphemeral(frame: Buffer) {
    if (this.socket.readyState !== this.socket.OPEN) return
    if (this.socket.bufferedAmount <= MAX_BUFFERED_EPHEMERAL) this.write(frame)
  }

  // Written past ws, whose send would make the same header anew for each of a room's sockets. Without compression it
  // keeps no queue of its own, so its pings and closes stay in their place.
  private write(frame: Buffer) {
    if (!this.stream.writable) return
    if (this.stream.writableCorked === 0) this.outlet.cork(this.stream)
    this.stream.write(frame)
  }
}

const TEXT = 0x81

/** An object as a whole WebSocket text frame, unmasked, as RFC 6455 section 5.2 has a server send it. */
export function encode(frame: object): Buffer {
  const text = JSON.stringify(frame)
  const length = Buffer.byteLength(text)
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const buffer = Buffer.allocUnsafe(head + length)
  buffer[0] = TEXT
  if (head === 2) buffer[1] = length
  else if (head === 4) {
    buffer[1] = 126
    buffer.writeUInt16BE(length, 2)
  } else {
    buffer[1] = 127
    buffer.writeBigUInt64BE(BigInt(length), 2)
  }
  buffer.write(text, head)
  return buffer
}
