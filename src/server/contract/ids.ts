import { z } from 'zod'
import { storableText } from './text.ts'

/** Ids of conversations and messages: letters, digits and underscore, at most ten. */
export const ConversationId = z.string().regex(/^\w{1,10}$/)
export type ConversationId = z.infer<typeof ConversationId>

export const MessageId = z.string().regex(/^\w{1,10}$/)
export type MessageId = z.infer<typeof MessageId>

/** What a sender calls a message before it is stored; the same one twice is the same message. */
export const ClientId = storableText(64).min(1)
export type ClientId = z.infer<typeof ClientId>

/** Ids of people, customers, tags, channels and workspaces. */
export const IntId = z.number().int().positive().max(2_147_483_647)

/** A place in a workspace's event log: the log's incarnation and a seq in it, as `epoch:seq`. */
export const Position = z.string().regex(/^[\w-]{1,40}:\d{1,15}$/)
export type Position = z.infer<typeof Position>

export const formatPosition = (epoch: string, seq: number): Position => `${epoch}:${seq}`

export const parsePosition = (position: Position): { epoch: string; seq: number } => {
  const [epoch = '', seq = '0'] = position.split(':')
  return { epoch, seq: Number(seq) }
}
