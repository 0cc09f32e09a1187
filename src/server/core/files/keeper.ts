import type { Ports } from '../ports.ts'
import { removeFiles } from './remove-files.ts'

const EVERY_MS = 15_000

type KeeperPorts = Pick<Ports, 'attachments' | 'files' | 'clock' | 'log'>

/** Removes files soon after their rows went, whoever removed those; any node may do it, and several at once. */
export class FileKeeper {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<unknown> | undefined
  private closed = false

  constructor(private readonly ports: KeeperPorts) {}

  start() {
    this.timer = setInterval(() => this.run(), EVERY_MS)
    this.timer.unref()
    this.run()
  }

  async close() {
    this.closed = true
    clearInterval(this.timer)
    await this.running
  }

  private run() {
    this.running ??= removeFiles(this.ports, () => this.closed)
      .catch((err) => this.ports.log.warn({ err }, 'Files could not be removed'))
      .finally(() => {
        this.running = undefined
      })
  }
}
