/** Phones that fit beside each other. */
export const MAX_PHONES = 2

/** The chats that `?chats=1,2` names, of those that exist; the fallback where it names none. */
export const readChats = (
  value: string | null,
  existing: readonly number[],
  fallback: number | undefined,
): number[] => {
  const named = (value ?? '').split(',').map(Number)
  const chats = [...new Set(named)].filter((chat) => existing.includes(chat)).slice(0, MAX_PHONES)
  return chats.length > 0 || fallback === undefined ? chats : [fallback]
}

/** The address of the simulator with these phones open. */
export const formatChats = (chats: readonly number[]): string => `/simulator?chats=${chats.join(',')}`
