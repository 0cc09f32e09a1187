export interface Change {
  key: string
  /** Absent where there was nothing before, or is nothing after. */
  from?: unknown
  to?: unknown
}

type Side = Record<string, unknown> | null

/** What differs between two sides of a deed, by key; what stayed as it was is not told. */
export function changesOf(before: Side, after: Side): Change[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return keys
    .filter((key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]))
    .map((key) => ({
      key,
      ...(before && key in before && { from: before[key] }),
      ...(after && key in after && { to: after[key] }),
    }))
}
