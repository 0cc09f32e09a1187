import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Child {
  pid: number
  /** What the pattern of readiness caught. */
  ready: RegExpExecArray
  /** Everything it has printed, as far as it is kept. */
  output(): string
  stop(): Promise<void>
}

interface Start {
  args: string[]
  env: Record<string, string>
  cwd: string
  ready: RegExp
}

const READY_TIMEOUT_MS = 300_000
const STOP_TIMEOUT_MS = 30_000
const MAX_OUTPUT = 20_000

/** Starts Node with these arguments and waits for it to print that it is ready. Nothing of our own settings reaches it. */
export async function startNode({ args, env, cwd, ready }: Start): Promise<Child> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${args.join(' ')} ${why}\n${output}`))
    const timer = setTimeout(() => fail('did not get ready'), READY_TIMEOUT_MS)
    const read = (chunk: Buffer) => {
      output = (output + chunk).slice(-MAX_OUTPUT)
      const match = ready.exec(output)
      if (!match) return
      clearTimeout(timer)
      resolve(match)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`ended with ${code}`)
    })
  })
  return { pid: child.pid ?? 0, ready: found, output: () => output, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  child.kill('SIGTERM')
  await once(child, 'exit')
  clearTimeout(timer)
}
