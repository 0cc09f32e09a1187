import type { IncomingMessage, ServerResponse } from 'node:http'
import { Clock } from '../clock.ts'
import { newControlKey } from '../control-key.ts'
import { EventStreams } from '../event-streams.ts'
import { listen } from '../listening.ts'
import { handleCdnRequest } from './cdn/handle-request.ts'
import { createControl } from './control/control.ts'
import { type ControlParts, handleControlRequest } from './control/handle-request.ts'
import type { ControlApi } from './control-api.ts'
import { handleGraphRequest } from './graph/handle-request.ts'
import { DEFAULT_LIMITS, type EmulatorLimits } from './limits.ts'
import { META_RETRY, type RetryTiming } from './webhooks/retry-schedule.ts'
import { World } from './world/world.ts'

export type EmulatorOptions = {
  port?: number
  host?: string
  /** The clock stands still until it is moved. */
  frozenAtMs?: number
  appId?: string
  appSecret?: string
  /** Scales the retries of webhooks; by default they keep Meta's times. */
  retry?: Partial<RetryTiming>
  random?: () => number
  limits?: Partial<EmulatorLimits>
  heartbeatMs?: number
  cdnLifeMs?: number
  /** For a receiver of the control API in another process; generated unless given. */
  controlKey?: string
}

export type InstagramEmulator = ControlApi & {
  /** The root of the Graph API, of the CDN below `/cdn/` and of the control API below `/control/`. */
  url: string
  port: number
  controlKey: string
  appId: string
  /** The app's secret as it is now. */
  appSecret(): string
  clock: Clock
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const HEARTBEAT_MS = 15_000
const CDN_LIFE_MS = 24 * 3_600_000

/** Plays graph.instagram.com on a loopback port of its own. */
export async function startInstagramEmulator(options: EmulatorOptions = {}): Promise<InstagramEmulator> {
  const at = { url: '' }
  const parts = compose(options, () => at.url)
  const server = await listen((request, response) => answer(parts, request, response), options)
  at.url = server.url
  const close = () => {
    parts.world.reset()
    parts.world.webhooks.close()
    parts.streams.endAll()
    return server.close()
  }
  const { app, surroundings } = parts.world
  return {
    ...parts.control,
    url: server.url,
    port: server.port,
    controlKey: parts.controlKey,
    appId: app.id,
    appSecret: () => app.secret,
    clock: surroundings.clock,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function compose(options: EmulatorOptions, origin: () => string): ControlParts {
  const clock = new Clock(options.frozenAtMs ?? null)
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const retry = { ...META_RETRY, ...options.retry }
  const { random = Math.random, cdnLifeMs = CDN_LIFE_MS, heartbeatMs = HEARTBEAT_MS } = options
  const app = { id: options.appId, secret: options.appSecret }
  const world = new World({ clock, limits, retry, random, cdnLifeMs, origin }, app)
  const streams = new EventStreams({ clock, limits, heartbeatMs })
  const control = createControl(world, streams)
  return { world, control, streams, controlKey: options.controlKey ?? newControlKey() }
}

function answer(parts: ControlParts, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '/'
  if (path.startsWith('/control/')) void handleControlRequest(parts, request, response)
  else if (path.startsWith('/cdn/')) void handleCdnRequest(parts.world, request, response)
  else void handleGraphRequest(parts.world, request, response)
}
