import type { LiveEvent } from './event.ts'

/** True of events that tell of messages which are held, and so of nothing that anybody but the Spam page shows. */
export const isOfSpam = (
  event: LiveEvent,
): event is Extract<LiveEvent, { type: 'message.held' | 'message.discarded' }> =>
  event.type === 'message.held' || event.type === 'message.discarded'
