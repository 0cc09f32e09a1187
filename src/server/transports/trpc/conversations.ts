import { z } from 'zod'
import {
  Conversation,
  ConversationPage,
  ConversationState,
  DeleteConversation,
  GetConversation,
  ListConversations,
  MarkRead,
  SetStatus,
} from '../../contract/conversation.ts'
import { Position } from '../../contract/ids.ts'
import { deleteConversation } from '../../core/conversations/delete.ts'
import { getConversation } from '../../core/conversations/get.ts'
import { listConversations } from '../../core/conversations/list.ts'
import { markRead } from '../../core/conversations/mark-read.ts'
import { setStatus } from '../../core/conversations/set-status.ts'
import { atWork, procedure, router } from './trpc.ts'

export const conversations = router({
  list: procedure
    .input(ListConversations)
    .output(ConversationPage)
    .query(({ ctx, input }) => listConversations(ctx.core, input)),
  get: procedure
    .input(GetConversation)
    .output(z.object({ conversation: Conversation, position: Position }))
    .query(({ ctx, input }) => getConversation(ctx.core, input)),
  markRead: procedure
    .input(MarkRead)
    .output(ConversationState)
    .mutation(({ ctx, input }) => markRead(ctx.core, input)),
  setStatus: procedure
    .input(SetStatus)
    .output(ConversationState)
    .mutation(({ ctx, input }) => setStatus(ctx.core, input)),
  delete: procedure
    .input(DeleteConversation)
    .output(DeleteConversation)
    .mutation(async ({ ctx, input }) => {
      await deleteConversation(atWork(ctx.core), input)
      return input
    }),
})
