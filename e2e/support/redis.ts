import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { TemporaryFolder } from './folder.ts'

const START_TIMEOUT_MS = 10_000

/** A Redis of one's own, which keeps nothing. */
export class RedisServer {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  static async start(folder: TemporaryFolder, given?: number): Promise<RedisServer> {
    const port = given ?? (await freePort())
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder.root]
    const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    const killed = () => child.kill('SIGKILL')
    process.once('exit', killed)
    child.once('exit', () => process.off('exit', killed))
    await becomesReady(child)
    return new RedisServer(port, child)
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const exited = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await exited
  }
}

function becomesReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`Redis did not start.\n${output}`)), START_TIMEOUT_MS)
    child.once('error', reject)
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk
      if (!output.includes('Ready to accept connections')) return
      clearTimeout(timer)
      resolve()
    })
  })
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port.')
  return address.port
}
