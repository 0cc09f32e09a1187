import type { RawEvent } from '../control-types.ts'
import { toMetaJson } from './escape.ts'

type Entry = { id: string; time: number } & Partial<Record<RawEvent['list'], object[]>>

/** The body of one POST: events of several accounts and people, an entry for each account. */
export function batchBody(events: readonly RawEvent[], nowMs: number): string {
  const entries = new Map<string, Entry>()
  for (const { accountId, list, item } of events) {
    const entry: Entry = entries.get(accountId) ?? { id: accountId, time: nowMs }
    entries.set(accountId, { ...entry, [list]: [...(entry[list] ?? []), item] })
  }
  return toMetaJson({ object: 'instagram', entry: [...entries.values()] })
}
