import type { SimulatedMessage } from '../../server/contract/simulator.ts'

interface Day {
  /** The day in the reader's own time zone. */
  day: string
  messages: SimulatedMessage[]
}

/** Messages in their order, day by day. */
export const groupByDay = (messages: readonly SimulatedMessage[]): Day[] => {
  const days: Day[] = []
  for (const message of messages) {
    const day = new Date(message.at).toDateString()
    const last = days.at(-1)
    if (last?.day === day) last.messages.push(message)
    if (last?.day !== day) days.push({ day, messages: [message] })
  }
  return days
}
