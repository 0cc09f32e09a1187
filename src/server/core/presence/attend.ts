import type { Ports } from '../ports.ts'

interface Attendance {
  place: string
  userId: number
  connectionId: string
  /** How long the last connection must have been gone before the person counts as gone. */
  graceMs: number
  tell(isOnline: boolean): void
}

/**
 * Keeps a person present at a place for as long as one of their connections is; answers how to leave. A connection
 * keeps its lease through the grace, so that a page that reloads announces nothing.
 */
export async function attend(
  { presence, log }: Pick<Ports, 'presence' | 'log'>,
  { place, userId, connectionId, graceMs, tell }: Attendance,
): Promise<() => void> {
  const beat = setInterval(
    () => void presence.beat(place, userId, connectionId).catch(() => {}),
    presence.beatMs,
  )
  beat.unref()
  const end = async () => {
    clearInterval(beat)
    if (await presence.leave(place, userId, connectionId)) tell(false)
  }
  if (await presence.enter(place, userId, connectionId)) tell(true)
  return () => {
    setTimeout(
      () => void end().catch((err) => log.warn({ err }, 'Presence could not be ended')),
      graceMs,
    ).unref()
  }
}
