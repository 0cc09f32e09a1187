import { DomainError } from '../../core/errors.ts'
import type { PlatformItem } from '../../core/ports/platform.ts'
import { type Fields, fields, parseJson } from '../foreign.ts'
import { idOf, list } from './read.ts'

/** Most events that are taken from one body; Instagram puts at most a thousand into one. */
const MAX_ITEMS = 1_000

/**
 * A body's events, each in an envelope of its own. One body may hold events of several accounts, and so of several tenants.
 * Throws invalid_input where it is not JSON; null where it is another product's.
 */
export function openBody(rawBody: string): PlatformItem[] | null {
  const body = parseJson(rawBody)
  if (body === undefined) throw new DomainError('invalid_input', 'Invalid JSON')
  const envelope = fields(body)
  if (envelope?.object !== 'instagram') return null
  return list(envelope.entry).flatMap(itemsOf).slice(0, MAX_ITEMS)
}

function itemsOf(given: unknown): PlatformItem[] {
  const entry = fields(given)
  if (!entry) return []
  const { id, time } = entry
  const wrap = (kind: 'messaging' | 'standby' | 'changes') =>
    list(entry[kind]).map((item) => ({
      account: accountOf(entry, item),
      raw: JSON.stringify({ object: 'instagram', entry: [{ id, time, [kind]: [item] }] }),
    }))
  return [...wrap('messaging'), ...wrap('standby'), ...wrap('changes')]
}

/** Whose event it is. The dashboard's test button numbers the entry "0" and names the account in the message alone. */
function accountOf(entry: Fields, item: unknown): string | null {
  const id = idOf(entry.id)
  if (id !== null && id !== '0') return id
  const said = fields(fields(item)?.value) ?? fields(item)
  const isEcho = fields(said?.message)?.is_echo === true
  return idOf(fields(isEcho ? said?.sender : said?.recipient)?.id)
}
