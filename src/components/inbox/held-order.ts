/** What a list shows while its order is held, and how many rows wait to take their new place. */
interface HeldOrder {
  ids: readonly string[]
  updates: number
}

/**
 * Keeps the order that is on the screen under a pointer or a selection. Rows below the last one shown are a new page:
 * they come in, because nothing moves for them.
 */
export const holdOrder = (shown: readonly string[], current: readonly string[]): HeldOrder => {
  const known = new Set(shown)
  const lastKnown = current.findLastIndex((id) => known.has(id))
  const page = current.slice(lastKnown + 1).filter((id) => !known.has(id))
  const settled = current.slice(0, lastKnown + 1)
  return { ids: page.length === 0 ? shown : [...shown, ...page], updates: countUpdates(shown, settled) }
}

/** The current order, with the open conversation kept where it was if it has just left the view. */
export const keepOpen = (
  shown: readonly string[],
  current: readonly string[],
  openId: string | null,
): readonly string[] => {
  if (openId === null || current.includes(openId)) return current
  const at = shown.indexOf(openId)
  return at < 0 ? current : [...current.slice(0, at), openId, ...current.slice(at)]
}

const countUpdates = (shown: readonly string[], current: readonly string[]): number => {
  const present = new Set(current)
  const rest = shown.filter((id) => present.has(id))
  const moved = new Set<string>()
  let next = 0
  for (const id of current) {
    while (moved.has(rest[next] ?? '')) next++
    if (id === rest[next]) next++
    else moved.add(id)
  }
  return moved.size + (shown.length - rest.length)
}
