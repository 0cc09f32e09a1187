import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { keepLog, keepSecretsIn, keepSecretsOf } from './run-log.ts'

const root = path.resolve(import.meta.dirname, '../..')
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 25_000
const REFUSAL_TIMEOUT_MS = 15_000
/** What a node writes is kept from the beginning; none of these tests makes one write more. */
const MAX_OUTPUT = 2_000_000

export type Settings = Record<string, string>

/** No limit is reached by tests that are about something else; those about limits set their own. */
export const UNLIMITED: Settings = {
  MAX_MESSAGES_PER_MINUTE: '1000000',
  MAX_CONSOLE_MESSAGES_PER_MINUTE: '1000000',
  MAX_KEY_MESSAGES_PER_MINUTE: '1000000',
  MAX_CONNECTIONS_PER_USER: '10000',
  MAX_CONSOLE_CONNECTIONS: '10000',
  MAX_CONNECTIONS_PER_MINUTE: '1000000',
  MAX_FAILED_AUTH_ATTEMPTS: '1000000',
  MAX_UNAUTHENTICATED_PER_ADDRESS: '10000',
  ENABLE_SPAM_DETECTION: 'false',
  ENABLE_DELIVERY_PACE: 'false',
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** One process of the built product. */
export class PeykNode {
  private stdout = ''
  private stderr = ''
  private address = ''
  private readonly child: ChildProcess
  private readonly exited: Promise<unknown>

  constructor(settings: Settings, command: string[]) {
    this.child = spawn(process.execPath, command, {
      cwd: root,
      // Nothing of the developer's own settings reaches it.
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        LOG_LEVEL: 'debug',
        PORT: '0',
        ...UNLIMITED,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    keepLog(this.child.stdout, this.child.stderr)
    keepSecretsOf(settings)
    const { DATA_DIR } = settings
    if (DATA_DIR) this.child.once('close', () => keepSecretsIn(DATA_DIR))
    this.exited = once(this.child, 'close')
    // A test that fails half-way must leave nothing running.
    const killed = () => this.child.kill('SIGKILL')
    process.once('exit', killed)
    this.child.once('close', () => process.off('exit', killed))
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout = (this.stdout + chunk).slice(0, MAX_OUTPUT)
    })
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk).slice(0, MAX_OUTPUT)
    })
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** Where it listens, as `127.0.0.1:port`. */
  get host(): string {
    return this.address
  }

  get url(): string {
    return `http://${this.address}`
  }

  get output(): string {
    return this.stdout + this.stderr
  }

  async ready(): Promise<this> {
    const deadline = Date.now() + START_TIMEOUT_MS
    while (Date.now() < deadline) {
      const port = /ready at https?:\/\/\S+?:(\d+)/.exec(this.stdout)?.[1]
      if (port) {
        this.address = `127.0.0.1:${port}`
        return this
      }
      if (this.child.exitCode !== null || this.child.signalCode !== null) break
      await Promise.race([this.exited, this.child.stdout && once(this.child.stdout, 'data')])
    }
    await this.kill()
    throw new Error(`The node did not start.\n${this.output}`)
  }

  async ended(timeoutMs = STOP_TIMEOUT_MS): Promise<Ended> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs)
    await this.exited
    clearTimeout(timer)
    return { code: this.child.exitCode, stdout: this.stdout, stderr: this.stderr }
  }

  stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal)
    return this.ended()
  }

  /** `kill -9`: it has no chance to say goodbye. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.exited
  }
}

/** Starts the product and waits until it says that it is ready. */
export const startNode = (settings: Settings, command = ['dist/server.mjs']): Promise<PeykNode> =>
  new PeykNode(settings, command).ready()

/** Starts the product where it is expected to refuse, and waits for its end. */
export const runToEnd = (settings: Settings, command = ['dist/server.mjs']): Promise<Ended> =>
  new PeykNode(settings, command).ended(REFUSAL_TIMEOUT_MS)
