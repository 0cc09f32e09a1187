import { type APIRequestContext, expect } from '@playwright/test'
import {
  BARE_MESSAGE,
  type SimulatedMessage,
  type SimulatedPerson,
  type SimulatorAct,
  SimulatorCast,
  SimulatorChat,
  SimulatorDone,
} from '../../src/server/contract/simulator.ts'
import type { Product } from './server.ts'

/** A customer of the demo who is played without a screen: whatever a phone can do, in one call. */
export class Customer {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly origin: string,
    readonly person: SimulatedPerson,
  ) {}

  /** `index` picks among those of the platform. */
  static async open(
    request: APIRequestContext,
    { url }: Product,
    platform: SimulatedPerson['platform'],
    index: number,
  ): Promise<Customer> {
    const { origin } = new URL(url)
    const { people } = SimulatorCast.parse(await (await request.get(`${origin}/simulator/api/cast`)).json())
    const person = people.filter((one) => one.platform === platform)[index]
    if (!person) throw new Error(`The demo has no customer ${index} on ${platform}.`)
    return new Customer(request, origin, person)
  }

  /** What came of it, as the phone shows it; an album is several messages. */
  async act(act: SimulatorAct): Promise<SimulatedMessage> {
    const { messages } = SimulatorDone.parse(await this.post('acts', act))
    return messages[0] ?? NOTHING
  }

  async block(blocked: boolean): Promise<void> {
    await this.post('blocked', { blocked })
  }

  /** The message of this text on the phone's screen. */
  async reads(text: string): Promise<SimulatedMessage | undefined> {
    return (await this.chat()).find((message) => message.text === text)
  }

  async chat(): Promise<SimulatedMessage[]> {
    const answer = await this.request.get(this.path(''))
    return SimulatorChat.parse(await answer.json()).messages
  }

  private async post(what: string, data: object): Promise<unknown> {
    const answer = await this.request.post(this.path(`/${what}`), { data, headers: { origin: this.origin } })
    expect(answer.status(), JSON.stringify(data)).toBe(200)
    return answer.json()
  }

  private path(rest: string): string {
    return `${this.origin}/simulator/api/chats/${this.person.chatId}${rest}`
  }
}

/** Of what leaves nothing on the screen. */
const NOTHING: SimulatedMessage = {
  ...BARE_MESSAGE,
  id: '',
  from: 'customer',
  kind: 'other',
  text: '',
  at: 0,
}
