import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import { expectFrame } from '../../contract/expect-contract.testing.ts'
import { actAs, BEGINNING, createTestCtx } from '../../core/context.testing.ts'
import { openWebsite, SHOP, visit } from '../../core/visitors/visitors.testing.ts'
import { WaitingRoom } from '../waiting-room.ts'
import { WidgetServer } from './server.ts'

type Frame = Record<string, unknown> & { type: string }

const PATIENCE_MS = 5_000

/** A visitor's window, which keeps every frame; each is checked against the contract as it comes. */
export class Window {
  readonly frames: Frame[] = []
  closed: number | null = null
  private readonly ws: WebSocket
  private wake: () => void = () => {}

  constructor(port: number, token: string, origin: string | undefined = SHOP) {
    const headers = origin === undefined ? {} : { origin }
    this.ws = new WebSocket(`ws://127.0.0.1:${port}/ws/widget/?token=${token}`, { headers })
    this.ws.on('message', (data) => {
      const frame = JSON.parse(data.toString()) as Frame
      expectFrame('/ws/widget/', frame)
      this.frames.push(frame)
      this.wake()
    })
    this.ws.on('close', (code) => {
      this.closed = code
      this.wake()
    })
    this.ws.on('error', () => {})
  }

  send(frame: object | string | Buffer) {
    this.ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame))
  }

  /** The next frame of this type that was not taken yet. */
  async next(type: string): Promise<Frame> {
    await this.until(() => this.frames.some((frame) => frame.type === type))
    const index = this.frames.findIndex((frame) => frame.type === type)
    const [frame] = this.frames.splice(index, 1)
    if (!frame) throw new Error(`No ${type}`)
    return frame
  }

  async end(): Promise<number> {
    await this.until(() => this.closed !== null)
    return this.closed ?? 0
  }

  close() {
    this.ws.close()
  }

  private async until(isMet: () => boolean) {
    const deadline = performance.now() + PATIENCE_MS
    while (!isMet()) {
      const left = deadline - performance.now()
      if (left <= 0)
        throw new Error(`Waited in vain; got ${JSON.stringify(this.frames)}, closed ${this.closed}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}

/** The widget's sockets on a free port over stores in memory, with a website of Anna's. */
export async function startWidget() {
  const test = createTestCtx()
  test.clock.advance(Date.now() - BEGINNING)
  const { ctx } = test
  const anna = await actAs(ctx, 'anna')
  const site = await openWebsite(anna)
  const waitingRoom = new WaitingRoom(50)
  const widget = new WidgetServer(ctx, { publicUrl: ctx.settings.publicUrl, waitingRoom, urlOf: () => null })
  const server = createServer()
  server.on('upgrade', (req, socket, head) =>
    widget.upgrade(new URL(req.url ?? '/', 'http://localhost'), req, {
      socket,
      head,
      address: '203.0.113.7',
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const enter = async (visitor?: string | null) => {
    const session = await visit(ctx, site.siteKey, { visitor })
    const window = new Window(port, session.token)
    return { ...session, window, welcome: await window.next('welcome') }
  }
  const close = async () => {
    widget.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { ...test, anna, site, widget, port, enter, close }
}
