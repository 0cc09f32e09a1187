import { randomBytes } from 'node:crypto'
import type { DeliverySettings } from '../control-types.ts'

/** The app of the developer, as its dashboard holds it. */
export type App = {
  id: string
  secret: string
  callbackUrl: string | null
  verifyToken: string
  disabled: boolean
  delivery: DeliverySettings
}

const DEFAULT_APP_ID = '1234567890123456'

const DEFAULT_DELIVERY: DeliverySettings = {
  paused: false,
  latencyMs: 0,
  copies: 1,
  batch: 1,
  order: 'as-it-came',
  connections: 1,
  echo: 'after',
  echoAppId: true,
  numEditAs: 'number',
}

export function newApp({
  id = DEFAULT_APP_ID,
  secret = newAppSecret(),
}: {
  id?: string
  secret?: string
}): App {
  return {
    id,
    secret,
    callbackUrl: null,
    verifyToken: '',
    disabled: false,
    delivery: { ...DEFAULT_DELIVERY },
  }
}

export function newAppSecret(): string {
  return randomBytes(16).toString('hex')
}
