import { normaliseForSpam } from './normalise.ts'
import { skeletonOf } from './skeleton.ts'

/** The most of a customer's recent messages that are looked at. */
export const MAX_RECENT = 50

const MINUTE = 60_000
const REPEAT_WINDOW = 10 * MINUTE
const MIN_REPEATED = 10
const FREE_REPEATS = 2
const MAX_COMPARED = 20
const MAX_COMPARED_LENGTH = 500
const BURST = 5
const FLOOD_STEP = 10

export interface RecentMessage {
  text: string
  /** Milliseconds since 1970. */
  at: number
}

const since = (recent: readonly RecentMessage[], at: number, most: number): RecentMessage[] =>
  recent.slice(-most).filter((message) => message.at > at)

const fingerprint = (text: string): string =>
  skeletonOf(normaliseForSpam(text.slice(0, MAX_COMPARED_LENGTH))).compact

/** How often too often a text came in the last ten minutes; a double tap and an impatient repetition are free. */
export function timesRepeated(text: string, recent: readonly RecentMessage[], at: number): number {
  const own = fingerprint(text)
  if (own.length < MIN_REPEATED) return 0
  const same = since(recent, at - REPEAT_WINDOW, MAX_COMPARED).filter(
    (message) => fingerprint(message.text) === own,
  )
  return Math.max(0, same.length - FREE_REPEATS)
}

/** How many times over the last minute held more messages than people type who send line by line. */
export const timesFlooded = (recent: readonly RecentMessage[], at: number): number =>
  Math.max(0, Math.floor((since(recent, at - MINUTE, MAX_RECENT).length - BURST) / FLOOD_STEP))
