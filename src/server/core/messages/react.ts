import type { Capabilities } from '../../contract/capabilities.ts'
import type { Message, ReactToMessage } from '../../contract/message.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { takeMessage } from '../security/budget.ts'
import { changeMessage } from './change.ts'
import { requirePlaced } from './require-ours.ts'

// With and without the sign that asks for its colour: vendors write both.
const HEARTS = ['❤️', '❤']

/**
 * Puts our side's one reaction on a customer's message, or takes it away. Everybody of the workspace shares it.
 * Errors: invalid_input (not a customer's, or an emoji that the channel does not take), rate_limited, not_found, conflict (taken back).
 */
export async function reactToMessage(ctx: MemberCtx, input: ReactToMessage): Promise<Message> {
  await takeMessage(ctx)
  const { message, platform } = await requirePlaced(ctx, input.messageId)
  if (message.type !== 'customer')
    throw new DomainError('invalid_input', 'Only a message of the customer can be reacted to')
  requireTaken(platform, input.emoji)
  const emojis = input.emoji === null ? [] : [input.emoji]
  return (await changeMessage(ctx, message, { kind: 'react', by: 'agent', emojis, at: null })).message
}

function requireTaken({ reactions }: Capabilities, emoji: string | null): void {
  if (emoji === null || reactions === 'any') return
  if (reactions === 'love' && HEARTS.includes(emoji)) return
  throw new DomainError('invalid_input', 'This channel does not take this reaction')
}
