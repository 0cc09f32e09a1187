import type { Capabilities } from './capabilities.ts'
import type { MessageType } from './message.ts'
import type { WindowFacts } from './window-facts.ts'

/** Whether a platform lets us write to a customer now. `human`: only a person, under the platform's tag for people. */
export type Window = { kind: 'always' } | { kind: 'open' | 'human'; until: number } | { kind: 'closed' }

/** The customer's last message opens the window; whoever never wrote cannot be written to. */
export function windowAt(
  limits: Capabilities['window'],
  { lastCustomerAt, isHumanAgentOn }: WindowFacts,
  now: number,
): Window {
  if (limits === null) return { kind: 'always' }
  if (lastCustomerAt === null) return { kind: 'closed' }
  const since = Date.parse(lastCustomerAt)
  if (now < since + limits.ms) return { kind: 'open', until: since + limits.ms }
  const isHuman = isHumanAgentOn && now < since + limits.humanMs
  return isHuman ? { kind: 'human', until: since + limits.humanMs } : { kind: 'closed' }
}

/** How a message may go now: as it is, under the tag for people, or not at all. */
export function passageOf(
  window: Window,
  by: { type: MessageType; isPerson: boolean },
): 'plain' | 'human' | 'refused' {
  if (window.kind === 'always' || window.kind === 'open') return 'plain'
  return window.kind === 'human' && by.isPerson && by.type === 'support' ? 'human' : 'refused'
}
