import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** A Redis server of one's own on a free port, which keeps nothing. */
export async function startRedis() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'peyk-redis-'))
  const port = await freePort()
  const launch = () => launchRedis(folder, port)
  let stop = await launch()
  return {
    url: `redis://127.0.0.1:${port}`,
    /** Ends it, and what was in it, and starts it again in the same place. */
    async restart() {
      await stop()
      stop = await launch()
    },
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function launchRedis(folder: string, port: number) {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const redis = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(redis, 'exit')
  exit.catch(() => {})
  const stop = async () => {
    redis.kill('SIGKILL')
    await exit
  }
  const ready = (async () => {
    for await (const line of createInterface({ input: redis.stdout }))
      if (line.includes('Ready to accept connections')) return
    throw new Error('redis-server did not start: is it installed?')
  })()
  await ready
  redis.stdout.resume()
  return stop
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}
