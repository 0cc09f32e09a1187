import type { IncomingMessage, ServerResponse } from 'node:http'
import { Clock } from '../clock.ts'
import { newControlKey } from '../control-key.ts'
import { EventStreams } from '../event-streams.ts'
import { listen } from '../listening.ts'
import { BotApiError } from './bot-api/bot-api-error.ts'
import { handleFileRequest } from './bot-api/handle-file-request.ts'
import { handleBotRequest, sendEnvelope } from './bot-api/handle-request.ts'
import { failure, runWebhookReply } from './bot-api/run-method.ts'
import { createControl } from './control/control.ts'
import { type ControlParts, handleControlRequest } from './control/handle-request.ts'
import type { ControlApi } from './control-types.ts'
import { DEFAULT_LIMITS, type EmulatorLimits } from './limits.ts'
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

const HEARTBEAT_MS = 15_000

/** Plays api.telegram.org on a loopback port of its own. */
export async function startTelegramEmulator(options: EmulatorOptions = {}): Promise<TelegramEmulator> {
  const parts = compose(options)
  const server = await listen((request, response) => answer(parts, request, response), options)
  const close = () => {
    parts.world.reset()
    parts.streams.endAll()
    return server.close()
  }
  return {
    ...parts.control,
    url: server.url,
    port: server.port,
    controlKey: parts.controlKey,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function compose(options: EmulatorOptions): ControlParts {
  const clock = options.clock ?? new Clock()
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

function answer(parts: ControlParts, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '/'
  if (path.startsWith('/control/')) void handleControlRequest(parts, request, response)
  else if (path.startsWith('/file/bot')) void handleFileRequest(parts.world, request, response)
  else if (path.startsWith('/bot')) void handleBotRequest(parts.world, request, response)
  else sendEnvelope(response, failure(new BotApiError(404, 'Not Found')))
}
