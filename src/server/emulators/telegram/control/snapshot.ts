import type { BotState, EmulatorState } from '../control-types.ts'
import { redactTokens } from '../redact.ts'
import type { Bot } from '../world/bot.ts'
import type { World } from '../world/world.ts'
import { botAccount } from './views.ts'

/** The whole state at a glance, without a secret in it. */
export function snapshot(world: World, streams: number): EmulatorState {
  return {
    nowMs: world.surroundings.clock.now(),
    bots: world.bots().map(botState),
    users: world.users().length,
    faults: world.faults.list(),
    floodLimits: world.flood.enabled,
    ...world.calls.counts(),
    streams,
  }
}

function botState(bot: Bot): BotState {
  const { webhook, queue, settings } = bot.updates
  return {
    ...botAccount(bot),
    webhookUrl: webhook === null ? null : redactTokens(webhook.url, [bot.token]),
    pendingUpdates: queue.size(),
    lastErrorMessage: webhook?.lastErrorMessage ?? null,
    delivery: { ...settings },
    chats: bot.chats().length,
  }
}
