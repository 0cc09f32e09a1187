import type { MessageRow } from './rows.ts'

/** When the customer last said something, as their platform says where that was long before it came. */
export function lastCustomerAt(thread: MessageRow[]): string | null {
  const times = thread.flatMap(({ type, extras, createdAt }) =>
    type === 'customer' ? [extras?.saidAt ?? createdAt] : [],
  )
  return times.toSorted().at(-1) ?? null
}
