import type { Bot } from '../world/bot.ts'
import type { World } from '../world/world.ts'
import type { Params } from './params.ts'

/** One call of a method. `gone` aborts when the caller no longer waits. */
export type Call = { world: World; bot: Bot; params: Params; gone: AbortSignal }

export type Answer = { result: unknown; description?: string }

export type Method = {
  name: string
  /** Counts against the flood limits. */
  flooded?: true
  /** As how many messages it counts; 1 unless told. */
  weight?(call: Call): number
  run(call: Call): Answer | Promise<Answer>
}
