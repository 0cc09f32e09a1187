import { tracked } from '@trpc/server'
import { z } from 'zod'
import { type Signal, SubscribeEvents } from '../../contract/event.ts'
import { ConversationId } from '../../contract/ids.ts'
import { subscribeEvents } from '../../core/live/subscribe.ts'
import { setTyping } from '../../core/presence/typing.ts'
import { setViewing } from '../../core/presence/viewing.ts'
import { subscribeSignals } from '../../core/presence/watch.ts'
import { ageOf, isBefore } from '../age.ts'
import { procedure, router } from './trpc.ts'

export const live = router({
  /** Durable events, each tracked by its position; resumes after `lastEventId`, else after `position`. */
  events: procedure.input(SubscribeEvents).subscription(async function* ({ ctx, input, signal }) {
    const after = input.lastEventId ?? input.position
    const began = Date.now()
    for await (const { position, item } of subscribeEvents(ctx.core, { after, signal })) {
      yield tracked(position, item)
      // What was accepted before the reader came is read back: its age says how long they were away.
      if (item.kind === 'event' && item.event.type === 'message.sent' && !isBefore(began, item.event.message))
        ctx.core.metrics.observe('peyk_accept_to_delivery_seconds', ageOf(item.event.message), 'trpc')
    }
  }),
  /** Typing, presence and viewing: true for a moment, never replayed. */
  signals: procedure.subscription(async function* ({ ctx, signal }) {
    yield* subscribeSignals(ctx.core, { connectionId: ctx.connectionId, signal }) as AsyncGenerator<Signal>
  }),
  typing: procedure
    .input(z.object({ conversationId: ConversationId, isTyping: z.boolean() }))
    .mutation(({ ctx, input }) => setTyping(ctx.core, { ...input, connectionId: ctx.connectionId })),
  viewing: procedure
    .input(z.object({ conversationId: ConversationId.nullable() }))
    .mutation(({ ctx, input }) => setViewing(ctx.core, { ...input, connectionId: ctx.connectionId })),
})
