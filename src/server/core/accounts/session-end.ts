import type { Bus } from '../ports/live.ts'

const TOPIC = 'sessions'

/** Tells every node that a session is over. */
export const tellSessionEnd = (bus: Bus, sessionId: string): void => bus.publish(TOPIC, { sessionId })

/** Hears of sessions that are over; answers how to stop. */
export const onSessionEnd = (bus: Bus, end: (sessionId: string) => void): (() => void) =>
  bus.subscribe(TOPIC, (payload) => end((payload as { sessionId?: string }).sessionId ?? ''))
