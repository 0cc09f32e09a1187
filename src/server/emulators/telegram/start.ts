import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BotApiError } from './bot-api/bot-api-error.ts'
import { handleFileRequest } from './bot-api/handle-file-request.ts'
import { handleBotRequest } from './bot-api/handle-request.ts'
import { failure, runWebhookReply } from './bot-api/run-method.ts'
import type { Clock } from './clock.ts'
import { createControl } from './control/control.ts'
import { newControlKey } from './control/control-key.ts'
import { EventStreams } from './control/event-streams.ts'
import { type ControlParts, handleControlRequest } from './control/handle-request.ts'
import type { ControlApi } from './control-types.ts'
import { sendJson } from './http/send-json.ts'
import { DEFAULT_LIMITS, type EmulatorLimits } from './limits.ts'
import { TravelClock } from './travel-clock.ts'
import { type RetryTiming, TELEGRAM_RETRY } from './updates/retry-schedule.ts'
import { World } from './world/world.ts'

export type EmulatorOptions = {
  port?: number
  host?: string
  clock?: Clock
  /** Scales the retries of webhooks; by default they keep Telegram's times. */
  retry?: Partial<RetryTiming>
  random?: () => number
  limits?: Partial<EmulatorLimits>
  heartbeatMs?: number
  /** For a receiver of the control API in another process; generated unless given. */
  controlKey?: string
}

export type TelegramEmulator = ControlApi & {
  /** The root of the Bot API and, under `/control/`, of the control API. */
  url: string
  port: number
  controlKey: string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const LOOPBACK = '127.0.0.1'
const HEARTBEAT_MS = 15_000

/** Plays api.telegram.org on a loopback port of its own. */
export async function startTelegramEmulator(options: EmulatorOptions = {}): Promise<TelegramEmulator> {
  const parts = compose(options)
  const server = createEmulatorServer(parts)
  await listen(server, options.port ?? 0, options.host ?? LOOPBACK)
  const { port, address } = server.address() as AddressInfo
  const host = address.includes(':') ? `[${address}]` : address
  const close = once(() => shutDown(server, parts))
  return {
    ...parts.control,
    url: `http://${host}:${port}`,
    port,
    controlKey: parts.controlKey,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function compose(options: EmulatorOptions): ControlParts {
  const clock = options.clock ?? new TravelClock()
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const retry = { ...TELEGRAM_RETRY, ...options.retry }
  const random = options.random ?? Math.random
  const world = new World({ clock, limits, retry, random }, (bot, body) => {
    void runWebhookReply(world, bot, body)
  })
  const streams = new EventStreams({ clock, limits, heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS })
  const control = createControl(world, streams)
  return { world, control, streams, controlKey: options.controlKey ?? newControlKey() }
}

function createEmulatorServer(parts: ControlParts): Server {
  return createServer((request, response) => {
    const path = request.url ?? '/'
    if (path.startsWith('/control/')) {
      void handleControlRequest(parts, request, response)
      return
    }
    if (path.startsWith('/file/bot')) {
      void handleFileRequest(parts.world, request, response)
      return
    }
    if (path.startsWith('/bot')) {
      void handleBotRequest(parts.world, request, response)
      return
    }
    const { status, body } = failure(new BotApiError(404, 'Not Found'))
    sendJson(response, status, { body })
  })
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function shutDown(server: Server, { world, streams }: ControlParts): Promise<void> {
  world.reset()
  streams.endAll()
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function once(run: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => {
    done ??= run()
    return done
  }
}
