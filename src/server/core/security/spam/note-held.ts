import type { Hold } from '../../../contract/spam.ts'
import type { AppendedMessage } from '../../ports/journal.ts'
import type { Ports } from '../../ports.ts'

/** Writes down that a message was held, why, and where its sender is, as far as that is known. */
export function noteHeld(
  { security }: Pick<Ports, 'security'>,
  { workspaceId, message }: AppendedMessage,
  { hold, address }: { hold: Hold; address: string },
): void {
  const reasons = hold.reasons.map(({ code }) => code)
  const detail = { message: message.id, conversation: message.conversationId, score: hold.score, reasons }
  security.note({ kind: 'spam_held', workspaceId, userId: null, address, detail })
}
