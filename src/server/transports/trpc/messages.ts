import { z } from 'zod'
import { MessageId } from '../../contract/ids.ts'
import {
  DeliveryHistory,
  ListMessages,
  Message,
  MessagePage,
  RateMessage,
  RetryDelivery,
  SendMessage,
} from '../../contract/message.ts'
import { getDeliveryHistory } from '../../core/delivery/history.ts'
import { retryDelivery } from '../../core/delivery/retry.ts'
import { submitFeedback } from '../../core/messages/feedback.ts'
import { listMessages } from '../../core/messages/list.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { atWork, procedure, router } from './trpc.ts'

export const messages = router({
  list: procedure
    .input(ListMessages)
    .output(MessagePage)
    .query(({ ctx, input }) => listMessages(ctx.core, input)),
  send: procedure
    .input(SendMessage)
    .output(Message)
    .mutation(async ({ ctx, input }) => (await sendMessage(ctx.core, { ...input, type: 'support' })).message),
  retry: procedure
    .input(RetryDelivery)
    .output(Message)
    .mutation(({ ctx, input }) => retryDelivery(ctx.core, input)),
  rate: procedure
    .input(RateMessage)
    .output(Message)
    .mutation(({ ctx, input }) => submitFeedback(atWork(ctx.core), input)),
  deliveries: procedure
    .input(z.object({ messageId: MessageId }))
    .output(DeliveryHistory)
    .query(({ ctx, input }) => getDeliveryHistory(ctx.core, input)),
})
