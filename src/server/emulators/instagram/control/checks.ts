import { invalidInput } from '../../control-error.ts'
import type { NewFault } from '../call-types.ts'
import type { DeliverySettings } from '../control-types.ts'
import type { EmulatorLimits } from '../limits.ts'

export function checkedFault(fault: NewFault): NewFault {
  requireWhole('times', fault.times ?? 1, { min: 1 })
  if (fault.kind === 'delay') requireWhole('ms', fault.ms, { min: 0 })
  if ('status' in fault && fault.status !== undefined) {
    requireWhole('status', fault.status, { min: 400, max: 599 })
  }
  return fault
}

export function checkedDelivery(
  settings: Partial<DeliverySettings>,
  limits: EmulatorLimits,
): Partial<DeliverySettings> {
  const { latencyMs = 0, copies = 1, batch = 1, connections = 1 } = settings
  requireWhole('latencyMs', latencyMs, { min: 0 })
  requireWhole('copies', copies, { min: 1, max: limits.maxCopies })
  requireWhole('batch', batch, { min: 1, max: limits.maxBatch })
  requireWhole('connections', connections, { min: 1, max: limits.maxConnections })
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

export function requireWhole(
  name: string,
  value: number,
  { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number },
): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return
  const upTo = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`
  throw invalidInput(`${name} must be a whole number, ${upTo}`)
}

export function requireUrl(url: string): void {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw invalidInput('url must be an http(s) URL')
}
