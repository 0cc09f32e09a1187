import type { Bus } from '../ports/live.ts'

const TOPIC = 'sessions'

/** What the bus says: a session is over, or (without an id) somebody's standing in a workspace has changed. */
interface Word {
  sessionId?: string
}

/** Tells every node that a session is over. */
export const tellSessionEnd = (bus: Bus, sessionId: string): void => bus.publish(TOPIC, { sessionId })

/** Tells every node that somebody is no longer what they were in a workspace. */
export const tellStanding = (bus: Bus): void => bus.publish(TOPIC, {})

/** Hears of sessions that are over, and of standings that have changed; answers how to stop. */
export const onSessionWord = (
  bus: Bus,
  { end, standing }: { end(sessionId: string): void; standing(): void },
): (() => void) =>
  bus.subscribe(TOPIC, (payload) => {
    const { sessionId } = (payload ?? {}) as Word
    if (typeof sessionId === 'string') end(sessionId)
    else standing()
  })
