import { parseArgs } from 'node:util'

export interface Options {
  rounds: number
  seconds: number
  /** Messages of a sender that may be on their way to it at once. */
  window: number
  /** Seconds of rest before the memory is read. */
  rest: number
  /** Whether the platform takes the messages; otherwise it asks to be left alone and they stay in the outbox. */
  deliveries: boolean
  /** Where a CPU profile of the product under one more round is written. */
  profile: string | null
}

const DEFAULTS = { rounds: 3, seconds: 5, window: 1, rest: 30 }

export function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      rounds: text,
      seconds: text,
      window: text,
      rest: text,
      deliveries: { type: 'boolean', default: false },
      profile: text,
    },
  })
  const count = (name: keyof typeof DEFAULTS, least: number) => {
    const number = Number(values[name] ?? DEFAULTS[name])
    if (!Number.isInteger(number) || number < least)
      throw new Error(`--${name} must be a whole number, at least ${least}`)
    return number
  }
  return {
    rounds: count('rounds', 1),
    seconds: count('seconds', 1),
    window: count('window', 1),
    rest: count('rest', 0),
    deliveries: values.deliveries,
    profile: values.profile ?? null,
  }
}
