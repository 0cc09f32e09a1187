import { z } from 'zod'

/** The demo's customers, each a phone on the simulator page. */
export const SimulatedPerson = z.object({
  chatId: z.number().int(),
  firstName: z.string(),
  lastName: z.string().nullable(),
  username: z.string().nullable(),
  lang: z.enum(['fa', 'en']),
})
export type SimulatedPerson = z.infer<typeof SimulatedPerson>

/** A line in a simulated chat, from the customer's side. `at` is in milliseconds since 1970. */
export const SimulatedMessage = z.object({
  messageId: z.number().int(),
  from: z.enum(['customer', 'bot']),
  text: z.string(),
  at: z.number(),
  edited: z.boolean(),
})
export type SimulatedMessage = z.infer<typeof SimulatedMessage>

export const SimulatedBot = z.object({ id: z.number().int(), name: z.string(), username: z.string() })

export const SimulatorCast = z.object({ bot: SimulatedBot, people: z.array(SimulatedPerson) })
export type SimulatorCast = z.infer<typeof SimulatorCast>

export const SimulatorChat = z.object({ messages: z.array(SimulatedMessage), blocked: z.boolean() })
export type SimulatorChat = z.infer<typeof SimulatorChat>

/** What the stream `GET /simulator/api/chats/{chatId}/events` says, one JSON a `data:` line. */
export const SimulatorEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: SimulatedMessage }),
  z.object({ type: z.literal('typing') }),
  z.object({ type: z.literal('blocked'), blocked: z.boolean() }),
])
export type SimulatorEvent = z.infer<typeof SimulatorEvent>

/** Bodies of `POST /simulator/api/chats/{chatId}/messages` and `…/blocked`. */
export const SimulatorWrite = z.object({ text: z.string().min(1).max(4096) })
export const SimulatorBlock = z.object({ blocked: z.boolean() })
