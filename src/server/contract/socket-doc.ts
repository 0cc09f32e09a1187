import { z } from 'zod'
import { Instant } from './customer.ts'

/** One frame of a socket, as the AsyncAPI document tells it. */
export interface FrameDoc {
  summary: string
  schema: z.ZodType
}

export interface SocketDoc {
  path: string
  summary: string
  client: Record<string, FrameDoc>
  server: Record<string, FrameDoc>
}

const at = { timestamp: Instant }

/** A frame as the server sends it. */
export const frame = <T extends string, S extends z.ZodRawShape>(
  type: T,
  shape: S,
  summary: string,
): FrameDoc => ({
  summary,
  schema: z.strictObject({ type: z.literal(type), ...shape }),
})

/** A frame as a client sends it. */
export const asking = <T extends string, S extends z.ZodRawShape>(
  type: T,
  shape: S,
  summary: string,
): FrameDoc => ({
  summary,
  schema: z.looseObject({ type: z.literal(type), ...shape }),
})

/** The frames of every socket. */
export const everywhere = {
  client: { ping: asking('ping', {}, 'Asks for a pong; does not count as a message') },
  server: {
    pong: frame('pong', at, 'The answer to a ping'),
    error: frame(
      'error',
      { error: z.string(), message: z.string(), code: z.string().optional(), ...at },
      'What was wrong with a frame; the socket stays open',
    ),
  },
}
