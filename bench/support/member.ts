import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import WebSocket from 'ws'
import { Tally } from './tally.ts'

const MARK = 'load'
const TEXT = new RegExp(`^${MARK} (\\d+) (\\d+) ([\\d.]+)$`)

/** Somebody in a conversation: counts and times what arrives and, as a sender, keeps `window` messages on their way. */
export class Member {
  readonly tally = new Tally()
  readonly latencies: number[] = []
  readonly errors: string[] = []
  sent = 0
  private outstanding = 0
  private window = 0
  private ending = false

  private constructor(
    private readonly socket: WebSocket,
    private readonly index: number,
  ) {
    socket.on('message', (data) => this.receive(String(data)))
    socket.on('close', (code) => this.ending || this.errors.push(`closed with ${code}`))
  }

  static async open(url: string, index: number): Promise<Member> {
    const member = new Member(new WebSocket(url, { perMessageDeflate: false }), index)
    await once(member.socket, 'open')
    return member
  }

  start(window: number) {
    this.window = window
    this.fill()
  }

  stop() {
    this.window = 0
  }

  close() {
    this.ending = true
    this.socket.terminate()
  }

  private fill() {
    for (; this.outstanding < this.window; this.outstanding++) {
      const content = `${MARK} ${this.index} ${this.sent++} ${performance.now()}`
      this.socket.send(JSON.stringify({ type: 'chat_message', content }))
    }
  }

  private receive(text: string) {
    const now = performance.now()
    const frame = JSON.parse(text) as { type?: string; message?: { content?: string }; error?: unknown }
    if (frame.type === 'error') return this.refused(text)
    if (frame.type !== 'chat_message') return
    const [, sender, number, time] = TEXT.exec(frame.message?.content ?? '') ?? []
    if (time === undefined) return
    this.tally.receive(Number(sender), Number(number))
    this.latencies.push(now - Number(time))
    if (Number(sender) === this.index) this.answered()
  }

  private refused(text: string) {
    this.errors.push(text)
    this.answered()
  }

  private answered() {
    this.outstanding--
    this.fill()
  }
}
