import { z } from 'zod'
import { GetConversation } from '../../contract/conversation.ts'
import { MessageId } from '../../contract/ids.ts'
import {
  DeliveryHistory,
  EditMessage,
  ListMessages,
  Message,
  MessagePage,
  PastText,
  RateMessage,
  ReactToMessage,
  RetryDelivery,
  SendMessage,
  UnsendMessage,
} from '../../contract/message.ts'
import { WindowFacts } from '../../contract/window-facts.ts'
import { getDeliveryHistory } from '../../core/delivery/history.ts'
import { retryDelivery } from '../../core/delivery/retry.ts'
import { editMessage, listPastTexts } from '../../core/messages/edit.ts'
import { submitFeedback } from '../../core/messages/feedback.ts'
import { listMessages } from '../../core/messages/list.ts'
import { reactToMessage } from '../../core/messages/react.ts'
import { sendMessage } from '../../core/messages/send.ts'
import { unsendMessage } from '../../core/messages/unsend.ts'
import { getWindow } from '../../core/messages/window.ts'
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
  /** What the time to write to this customer is made of; null where there is always time. */
  window: procedure
    .input(GetConversation)
    .output(WindowFacts.nullable())
    .query(({ ctx, input }) => getWindow(ctx.core, input)),
  retry: procedure
    .input(RetryDelivery)
    .output(Message)
    .mutation(({ ctx, input }) => retryDelivery(ctx.core, input)),
  rate: procedure
    .input(RateMessage)
    .output(Message)
    .mutation(({ ctx, input }) => submitFeedback(atWork(ctx.core), input)),
  edit: procedure
    .input(EditMessage)
    .output(Message)
    .mutation(({ ctx, input }) => editMessage(atWork(ctx.core), input)),
  unsend: procedure
    .input(UnsendMessage)
    .output(Message)
    .mutation(({ ctx, input }) => unsendMessage(atWork(ctx.core), input)),
  react: procedure
    .input(ReactToMessage)
    .output(Message)
    .mutation(({ ctx, input }) => reactToMessage(atWork(ctx.core), input)),
  pastTexts: procedure
    .input(z.object({ messageId: MessageId }))
    .output(z.array(PastText))
    .query(({ ctx, input }) => listPastTexts(ctx.core, input)),
  deliveries: procedure
    .input(z.object({ messageId: MessageId }))
    .output(DeliveryHistory)
    .query(({ ctx, input }) => getDeliveryHistory(ctx.core, input)),
})
