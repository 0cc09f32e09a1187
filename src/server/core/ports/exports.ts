import type { ExportedConversation, ExportedMessage } from '../../contract/export.ts'

/** A customer's data as it leaves the workspace: also what is not shown. */
export interface Exports {
  /** The customer's conversations with an id above `after`, by id. */
  conversations(customerId: number, after: string, limit: number): Promise<ExportedConversation[]>
  /** The conversation's messages with a seq above `after`, by seq. */
  messages(conversationId: string, after: number, limit: number): Promise<ExportedMessage[]>
}
