import type { Bus } from '../../ports/live.ts'

const TOPIC = 'connections'

/** Tells every node that somebody wants a connection ended. */
export const tellConnectionEnd = (bus: Bus, connectionId: string): void =>
  bus.publish(TOPIC, { connectionId })

/** Hears which connections somebody wants ended; answers how to stop. */
export const onConnectionEnd = (bus: Bus, end: (connectionId: string) => void): (() => void) =>
  bus.subscribe(TOPIC, (payload) => end((payload as { connectionId?: string }).connectionId ?? ''))
