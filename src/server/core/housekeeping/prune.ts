import { SECURITY_DAYS } from '../../contract/security.ts'
import type { Retention } from '../ports/retention.ts'
import type { Clock, Log } from '../ports/system.ts'
import { Rounds } from '../rounds.ts'

const EVERY_MS = 60 * 60 * 1_000
const DAY_MS = 86_400_000
/** Rows removed by one statement, so that none holds its locks for long. */
const BATCH = 5_000
/** Raw platform events are kept this long after they were processed: they answer what a platform really sent. */
const INBOUND_DAYS = 30

/** A part of the round that others know how to do; it stops where the round is ending. */
export type Chore = (isEnding: () => boolean) => Promise<unknown>

interface Keeping {
  ports: { retention: Retention; clock: Clock; log: Log }
  eventDays: number
  chores: Chore[]
}

/** Removes what is past its time, once an hour: old events of the logs, dead tokens and sessions, processed raw events, old security events. */
export const createHousekeeping = (keeping: Keeping): Rounds =>
  new Rounds(
    EVERY_MS,
    (isEnding) => prune(keeping, isEnding),
    (err) => keeping.ports.log.warn({ err }, 'What is past its time could not be removed'),
  )

async function prune({ ports, eventDays, chores }: Keeping, isEnding: () => boolean) {
  const { retention, clock, log } = ports
  const now = clock.now()
  const old: ((limit: number) => Promise<number>)[] = [
    (limit) => retention.pruneEvents(now - eventDays * DAY_MS, limit),
    (limit) => retention.pruneSignIns(now, limit),
    (limit) => retention.pruneInbound(now - INBOUND_DAYS * DAY_MS, limit),
    (limit) => retention.pruneSecurity(now - SECURITY_DAYS * DAY_MS, limit),
  ]
  for (const remove of old) while (!isEnding() && (await remove(BATCH)) >= BATCH);
  // One that fails keeps none of the others from being done.
  for (const chore of chores)
    await chore(isEnding).catch((err: unknown) =>
      log.warn({ err }, 'A part of the hourly round could not be done'),
    )
}
