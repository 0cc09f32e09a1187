import { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import next from 'next'
import { type Container, openContainer } from './src/server/container.ts'
import { DOOR } from './src/server/contract/door.ts'
import { startDemo } from './src/server/demo.ts'
import { type Env, readEnv, setNextAuth } from './src/server/env.ts'
import { createHttpServer } from './src/server/http-server.ts'
import { collectWhenIdle } from './src/server/idle-collection.ts'
import { guardProcess, printError } from './src/server/last-resort.ts'
import { openMetrics } from './src/server/metrics.ts'
import { createTransports } from './src/server/transports.ts'

/** Draining may take this long; what is still open then is cut. */
const DRAIN_MS = 20_000

async function main() {
  const env = readEnv()
  const { server, serve } = createHttpServer()
  const port = await listen(server, env)
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${port}`
  const container = await openContainer(env, publicUrl, (sentence) => console.log(sentence))
  const demo = await startDemo(env, container, `http://127.0.0.1:${port}`)
  setNextAuth(publicUrl, container.secrets.auth)
  const isDev = env.NODE_ENV !== 'production'
  // Next ends every socket whose path matches a page: it is given an emitter that hears nothing.
  const app = next({
    dev: isDev,
    httpServer: new EventEmitter() as Server,
    port,
    hostname: 'localhost',
  })
  const metrics = await openMetrics(env, container)
  const transports = createTransports({
    container,
    demo,
    publicUrl,
    allowedOrigins: env.ALLOWED_ORIGINS ?? null,
    trustedProxies: env.TRUSTED_PROXIES,
    isDev,
    nextHandler: app.getRequestHandler(),
  })
  Object.assign(globalThis, { [DOOR]: transports.door })
  await app.prepare()
  await container.start()
  const setupCode = await container.openSetup()
  serve(transports)
  const stopCollecting = collectWhenIdle()
  drainOnSignal(async () => {
    stopCollecting()
    metrics?.close()
    server.close()
    transports.close()
    await demo?.close()
    server.closeAllConnections()
    metrics?.closeAllConnections()
    await container.close()
  }, container)
  if (setupCode)
    console.log(
      `Nobody administers this instance yet: open ${publicUrl}/setup within a day. Setup code: ${setupCode}`,
    )
  console.log(`Peyk is ready at ${publicUrl}`)
  if (!demo) return
  console.log(`The demo's customers write at ${publicUrl}/simulator`)
  console.log(`Demo sign-in: ${demo.signIn.login} / ${demo.signIn.password}`)
}

function listen(server: Server, env: Env): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        Object.assign(
          new Error(
            taken
              ? `Port ${env.PORT} is taken; set PORT to another one.`
              : `Cannot listen on ${env.HOST}:${env.PORT}.`,
          ),
          { code: 'no_port' },
        ),
      )
    })
    server.listen(env.PORT, env.HOST, () => resolve((server.address() as AddressInfo).port))
  })
}

function drainOnSignal(drain: () => Promise<void>, { log }: Container) {
  let draining = false
  const onSignal = () => {
    if (draining) return
    draining = true
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    drain().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'Draining failed')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal)
}

guardProcess()
main().catch((error: unknown) => {
  const isPlain =
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[a-z_]+$/.test(error.code)
  if (isPlain) console.error(error.message)
  else printError('Peyk could not start', error)
  process.exit(1)
})
