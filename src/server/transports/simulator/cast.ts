import type { SimulatedPerson } from '../../contract/simulator.ts'

/** The demo's bot and customers; the token never leaves the server. */
export interface DemoCast {
  bot: { id: number; name: string; username: string; token: string }
  people: SimulatedPerson[]
}

const DEMO_BOT = { id: 7_000_000_001, username: 'peyk_demo_bot', name: 'Peyk Demo' }
export const DEMO_ACCOUNT = { id: '17841400000000042', username: 'peyk.demo', name: 'Peyk Demo' }

const person =
  (platform: SimulatedPerson['platform']) =>
  (
    chatId: number,
    [firstName, lastName]: [string, string],
    [username, lang]: [string, 'fa' | 'en'],
  ): SimulatedPerson => ({ chatId, platform, firstName, lastName, username, lang })

const onTelegram = person('telegram')
const onInstagram = person('instagram')

export const DEMO_PEOPLE: SimulatedPerson[] = [
  onTelegram(8_000_001, ['مریم', 'احمدی'], ['maryam_ahmadi', 'fa']),
  onTelegram(8_000_002, ['Jonas', 'Weber'], ['jonas_weber', 'en']),
  onTelegram(8_000_003, ['نگار', 'رستمی'], ['negar_rostami', 'fa']),
  onTelegram(8_000_004, ['رضا', 'کاظمی'], ['reza_kazemi', 'fa']),
  onTelegram(8_000_005, ['Aiko', 'Tanaka'], ['aiko_tanaka', 'en']),
  onTelegram(8_000_006, ['سپیده', 'نوری'], ['sepideh_nouri', 'fa']),
  onTelegram(8_000_007, ['Priya', 'Nair'], ['priya_nair', 'en']),
  onTelegram(8_000_008, ['Léa', 'Martin'], ['lea_martin', 'en']),
]

export const INSTAGRAM_PEOPLE: SimulatedPerson[] = [
  onInstagram(9_000_001, ['نازنین', 'کریمی'], ['nazanin.karimi', 'fa']),
  onInstagram(9_000_002, ['Lukas', 'Brandt'], ['lukas.brandt', 'en']),
  onInstagram(9_000_003, ['آرش', 'موسوی'], ['arash.mousavi', 'fa']),
  onInstagram(9_000_004, ['Chiara', 'Rossi'], ['chiara.rossi', 'en']),
  onInstagram(9_000_005, ['گلناز', 'صادقی'], ['golnaz.sadeghi', 'fa']),
]

/** Who plays in the demo on Telegram, with the token that its seed made. */
export const demoCast = (token: string): DemoCast => ({ bot: { ...DEMO_BOT, token }, people: DEMO_PEOPLE })
