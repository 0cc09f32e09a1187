import type { RawData } from 'ws'
import { errorFrame } from '../../contract/legacy-shapes.ts'
import type { MemberCtx } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import { encode, type Wire } from '../guarded-socket.ts'
import { type Frame, readFrame } from '../read-frame.ts'

/** Frames of one client that may wait for the ones before them. */
const MAX_WAITING_FRAMES = 512
const TOO_MANY = 1013

export interface Handler {
  open(): Promise<void>
  frame(frame: Frame): Promise<void>
  close(): void
}

/** One raw socket's life: its frames are handled strictly one after another; what they say wrong is answered, never fatal. */
export class Connection {
  private chain: Promise<void> = Promise.resolve()
  private waiting = 0

  constructor(
    readonly wire: Wire,
    readonly ctx: MemberCtx,
    readonly id: string,
  ) {}

  run(handler: Handler) {
    this.enqueue(() => handler.open())
    this.wire.socket.on('message', (data, isBinary) => this.receive(handler, data, isBinary))
    this.wire.socket.on('close', () => handler.close())
  }

  send(frame: object) {
    this.wire.send(encode(frame))
  }

  refuse(text: string, code?: string) {
    this.send(errorFrame(text, code))
  }

  private receive(handler: Handler, data: RawData, isBinary: boolean) {
    const frame = readFrame(data, isBinary)
    if (typeof frame === 'string') return this.enqueue(async () => this.refuse(frame, 'invalid_input'))
    if (frame.type === 'ping')
      return this.enqueue(async () => this.send({ type: 'pong', timestamp: new Date().toISOString() }))
    this.enqueue(() => handler.frame(frame))
  }

  private enqueue(task: () => Promise<void>) {
    if (this.waiting >= MAX_WAITING_FRAMES) return this.wire.socket.close(TOO_MANY, 'Too many frames')
    this.waiting++
    this.chain = this.chain.then(async () => {
      this.waiting--
      if (this.wire.socket.readyState !== this.wire.socket.OPEN) return
      await task().catch((error) => this.fail(error))
    })
  }

  private fail(error: unknown) {
    if (isDomainError(error) && error.code !== 'internal') return this.refuse(error.message, error.code)
    this.ctx.log.error({ err: error }, 'A frame could not be handled')
    this.refuse('Internal server error', 'internal')
  }
}
