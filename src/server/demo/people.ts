import type { SimulatedPerson } from '../contract/simulator.ts'
import { DEMO_PEOPLE, INSTAGRAM_PEOPLE } from '../transports/simulator/cast.ts'

/** Whoever wrote from a website, and is at no phone. */
export interface Visitor {
  platform: 'website'
  chatId: number
  firstName: string
  lastName: string | null
  username: null
}

/** The demo's customers, with a few whose names are long, or bloom. */
export const PEOPLE: SimulatedPerson[] = [
  ...DEMO_PEOPLE,
  {
    chatId: 8_000_009,
    platform: 'telegram',
    firstName: 'سید محمدمهدی',
    lastName: 'طباطبایی‌نژاد اصفهانی',
    username: null,
    lang: 'fa',
  },
  {
    chatId: 8_000_010,
    platform: 'telegram',
    firstName: 'Maximiliane-Charlotte',
    lastName: 'von Hohenberg-Lindenthal',
    username: 'maxi_codes',
    lang: 'en',
  },
  {
    chatId: 8_000_011,
    platform: 'telegram',
    firstName: '🌸 یاسمن',
    lastName: null,
    username: 'yasaman_b',
    lang: 'fa',
  },
  {
    chatId: 8_000_012,
    platform: 'telegram',
    firstName: 'Tom',
    lastName: "O'Brien",
    username: null,
    lang: 'en',
  },
]

const VISITORS: Visitor[] = [
  { platform: 'website', chatId: 1, firstName: 'Hannah', lastName: 'Berg', username: null },
]

/** Everybody of whom a story is told. */
export const TOLD_OF: (SimulatedPerson | Visitor)[] = [...PEOPLE, ...INSTAGRAM_PEOPLE, ...VISITORS]
