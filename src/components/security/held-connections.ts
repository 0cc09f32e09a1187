import type { LiveConnection } from '../../server/contract/connection.ts'

/** A row of the list; `isGone` where the connection closed while somebody was about to point at the row. */
export interface ShownConnection extends LiveConnection {
  isGone: boolean
}

/**
 * What is shown after an answer. While the list is held no row moves: what closed stays in its place and says so, what is
 * new comes at the end.
 */
export function holdConnections(
  shown: readonly ShownConnection[],
  next: readonly LiveConnection[],
  isHeld: boolean,
): ShownConnection[] {
  if (!isHeld) return next.map((one) => ({ ...one, isGone: false }))
  const open = new Map(next.map((one) => [one.id, one]))
  const kept = shown.map((row) => ({ ...row, ...open.get(row.id), isGone: !open.has(row.id) }))
  const known = new Set(shown.map(({ id }) => id))
  return [...kept, ...next.flatMap((one) => (known.has(one.id) ? [] : [{ ...one, isGone: false }]))]
}
