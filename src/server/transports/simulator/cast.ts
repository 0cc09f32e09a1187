import type { SimulatedPerson, SimulatorCast } from '../../contract/simulator.ts'

/** The demo's bot and customers; the token never leaves the server. */
export interface DemoCast extends SimulatorCast {
  bot: SimulatorCast['bot'] & { token: string }
}

export const DEMO_BOT = { id: 7_000_000_001, username: 'peyk_demo_bot', name: 'Peyk Demo' }

const person = (
  chatId: number,
  [firstName, lastName]: [string, string],
  [username, lang]: [string, 'fa' | 'en'],
): SimulatedPerson => ({ chatId, firstName, lastName, username, lang })

export const DEMO_PEOPLE: SimulatedPerson[] = [
  person(8_000_001, ['مریم', 'احمدی'], ['maryam_ahmadi', 'fa']),
  person(8_000_002, ['Jonas', 'Weber'], ['jonas_weber', 'en']),
  person(8_000_003, ['نگار', 'رستمی'], ['negar_rostami', 'fa']),
  person(8_000_004, ['رضا', 'کاظمی'], ['reza_kazemi', 'fa']),
  person(8_000_005, ['Aiko', 'Tanaka'], ['aiko_tanaka', 'en']),
  person(8_000_006, ['سپیده', 'نوری'], ['sepideh_nouri', 'fa']),
  person(8_000_007, ['Priya', 'Nair'], ['priya_nair', 'en']),
  person(8_000_008, ['Léa', 'Martin'], ['lea_martin', 'en']),
]

/** Who plays in the demo, with the token that its seed made. */
export const demoCast = (token: string): DemoCast => ({ bot: { ...DEMO_BOT, token }, people: DEMO_PEOPLE })
