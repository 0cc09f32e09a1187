import type { ConnectionNote, SocketHandle, Sockets } from '../../ports/connections.ts'
import type { Ports } from '../../ports.ts'
import { onConnectionEnd } from './end-hint.ts'

const BEAT_MS = 2_000
/** Sockets in one report; a node that is told of more at once reports them in several. */
const MAX_GROUP = 1_000
/** A socket that is behind is told of by the KiB. */
const LAG_STEP = 1_024

interface Held {
  note: Omit<ConnectionNote, 'lagBytes'>
  handle: SocketHandle
  /** The lag that was last reported, in steps; null where the socket has not been. */
  reported: number | null
}

type SocketPorts = Pick<Ports, 'connections' | 'bus' | 'clock' | 'log'>

/**
 * Tells the other nodes which sockets are open here: what has changed, in one statement every two seconds, and nothing
 * on the way of a frame. A socket that somebody wants ended is ended at once where the bus says so, with the next beat
 * where it does not.
 */
export class OpenSockets implements Sockets {
  // As many as there are open sockets, and never more closed ones than were reported since the last report.
  private readonly open = new Map<string, Held>()
  private closed: string[] = []
  private timer: NodeJS.Timeout | undefined
  private unsubscribe: (() => void) | undefined
  private beating: Promise<void> = Promise.resolve()
  private isBeating = false

  constructor(
    private readonly ports: SocketPorts,
    private readonly node: { id: string; name: string },
  ) {}

  start() {
    this.unsubscribe = onConnectionEnd(this.ports.bus, (id) => this.end(id))
    this.timer = setInterval(() => void this.beat(), BEAT_MS)
    this.timer.unref()
  }

  async close() {
    clearInterval(this.timer)
    this.unsubscribe?.()
    await this.beating
    await this.ports.connections.leave(this.node.id).catch(() => {})
  }

  add(socket: Omit<ConnectionNote, 'lagBytes' | 'openedAt'>, handle: SocketHandle): () => void {
    const note = { ...socket, openedAt: this.ports.clock.now() }
    const held: Held = { note, handle, reported: null }
    this.open.set(note.id, held)
    return () => {
      if (this.open.get(note.id) !== held) return
      this.open.delete(note.id)
      if (held.reported !== null) this.closed.push(note.id)
    }
  }

  /** Reports what has changed since the last beat; one at a time, however slow the database is. */
  beat(): Promise<void> {
    if (this.isBeating) return this.beating
    this.isBeating = true
    this.beating = this.reportAll()
      .catch((err) => this.ports.log.warn({ err }, 'Open sockets could not be reported'))
      .finally(() => {
        this.isBeating = false
      })
    return this.beating
  }

  private async reportAll() {
    if (this.open.size === 0 && this.closed.length === 0) return
    while (await this.report());
  }

  /** True where there is more to report. */
  private async report(): Promise<boolean> {
    const changed = this.changed()
    const group = changed.slice(0, MAX_GROUP)
    const closed = this.closed.splice(0, MAX_GROUP)
    const open = group.map(({ held, lagBytes }) => ({ ...held.note, lagBytes }))
    // Before the answer: a socket that closes meanwhile has to be taken back.
    for (const { held, lagBytes } of group) held.reported = stepOf(lagBytes)
    try {
      const answer = await this.ports.connections.report({ node: this.node, open, closed })
      if (answer.wasForgotten) this.forget(new Set(open.map(({ id }) => id)))
      for (const id of answer.ending) this.end(id)
      return answer.wasForgotten || changed.length > MAX_GROUP || this.closed.length >= MAX_GROUP
    } catch (error) {
      for (const { held } of group) held.reported = null
      this.closed.push(...closed)
      throw error
    }
  }

  private changed() {
    return [...this.open.values()].flatMap((held) => {
      const lagBytes = held.handle.lagBytes()
      return stepOf(lagBytes) === held.reported ? [] : [{ held, lagBytes }]
    })
  }

  private forget(known: Set<string>) {
    for (const [id, held] of this.open) if (!known.has(id)) held.reported = null
  }

  private end(id: string) {
    const held = this.open.get(id)
    if (!held) return
    this.open.delete(id)
    if (held.reported !== null) this.closed.push(id)
    held.handle.end()
  }
}

const stepOf = (bytes: number): number => Math.ceil(bytes / LAG_STEP)
