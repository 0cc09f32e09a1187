import type { Ctx } from '../context.ts'
import { isDomainError } from '../errors.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { ParsedEvent } from '../ports/platform.ts'
import { changeKnown } from './change-known.ts'
import { noteReach } from './note-reach.ts'
import { storeEcho } from './store-echo.ts'
import { storeMessage } from './store-message.ts'

/** What became of an event. `parked`: it waits for the message that it speaks of, and is not done. */
export type Outcome =
  | 'stored'
  | 'held'
  | 'repeated'
  | 'echoed'
  | 'changed'
  | 'unchanged'
  | 'parked'
  | 'ignored'
  | 'refused'
  | 'failed'

/** Makes of an event what it means. Applying it twice changes nothing. */
export async function applyEvent(ctx: Ctx, event: RawEvent, parsed: ParsedEvent): Promise<Outcome> {
  try {
    return await apply(ctx, event, parsed)
  } catch (error) {
    // The customer was erased a moment ago: nothing more is written of them.
    if (isDomainError(error) && error.code === 'conflict') return 'refused'
    throw error
  }
}

function apply(ctx: Ctx, event: RawEvent, parsed: ParsedEvent): Promise<Outcome> {
  switch (parsed.kind) {
    case 'message':
      return storeMessage(ctx, event, parsed.message)
    case 'echo':
      return storeEcho(ctx, event, parsed)
    case 'reach':
      return noteReach(ctx, event, parsed)
    case 'ignored':
      return Promise.resolve('ignored')
    default:
      return changeKnown(ctx, event, parsed)
  }
}
