import type { SimulatedPerson } from '../../server/contract/simulator.ts'

/** Phones that fit beside each other. */
export const MAX_PHONES = 2

/** The chats that `?chats=1,2` names, of those that exist; the fallback where it names none. */
export const readChats = (
  value: string | null,
  existing: readonly number[],
  fallback: readonly number[],
): number[] => {
  const named = (value ?? '').split(',').map(Number)
  const chats = [...new Set(named)].filter((chat) => existing.includes(chat)).slice(0, MAX_PHONES)
  return chats.length > 0 ? chats : [...fallback]
}

/** The address of the simulator with these phones open. */
export const formatChats = (chats: readonly number[]): string => `/simulator?chats=${chats.join(',')}`

/** One phone of each platform, of somebody who speaks the language where there is one. */
export const firstChats = (people: readonly SimulatedPerson[], lang: string): number[] => {
  const platforms = [...new Set(people.map(({ platform }) => platform))]
  return platforms.slice(0, MAX_PHONES).flatMap((platform) => {
    const there = people.filter((person) => person.platform === platform)
    return (there.find((person) => person.lang === lang) ?? there[0])?.chatId ?? []
  })
}

/** With this phone open: in the place of the one of its platform, or beside what is open. */
export const withChat = (
  people: readonly SimulatedPerson[],
  chats: readonly number[],
  chat: number,
): number[] => {
  if (chats.includes(chat)) return [...chats]
  const platformOf = (id: number) => people.find(({ chatId }) => chatId === id)?.platform
  const at = chats.findIndex((id) => platformOf(id) === platformOf(chat))
  if (at >= 0) return chats.with(at, chat)
  return [...chats.slice(0, MAX_PHONES - 1), chat]
}
