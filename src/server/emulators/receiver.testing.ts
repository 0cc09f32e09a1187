import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { vi } from 'vitest'
import { listen } from './listening.ts'
import { readBody } from './read-body.ts'

type Reply = { status: number; headers?: Record<string, string>; body?: string }
/** What the receiver does with a delivery: a status or reply, no answer at all, or a cut. */
export type Reaction = number | Reply | 'hang' | 'cut'

export type Receiver<Delivery> = {
  url: string
  deliveries: Delivery[]
  /** How many deliveries were being answered at the same time, at most. */
  mostAtOnce: number
  react: (delivery: Delivery) => Reaction | Promise<Reaction>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

type Parts<Delivery> = {
  react: Receiver<Delivery>['react']
  read: (raw: string, request: IncomingMessage) => Delivery
  /** Answers what is no delivery. */
  onGet?: RequestListener
}

const MAX_DELIVERY = 10_000_000

/** A webhook of the test's own. */
export async function openReceiver<Delivery>({
  react,
  read,
  onGet,
}: Parts<Delivery>): Promise<Receiver<Delivery>> {
  let underWay = 0
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    underWay += 1
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, underWay)
    const delivery = read((await readBody(request, MAX_DELIVERY)).toString('utf8'), request)
    receiver.deliveries.push(delivery)
    const reaction = await receiver.react(delivery)
    underWay -= 1
    answer(response, reaction)
  }
  const { url, close } = await listen((request, response) => {
    if (request.method === 'GET' && onGet) onGet(request, response)
    else void receive(request, response)
  })
  const receiver: Receiver<Delivery> = {
    url: `${url}/hook`,
    deliveries: [],
    mostAtOnce: 0,
    react,
    close,
    [Symbol.asyncDispose]: close,
  }
  return receiver
}

/** Waits until the assertion holds. */
export function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { interval: 1, timeout: 4_000 })
}

function answer(response: ServerResponse, reaction: Reaction): void {
  if (reaction === 'hang') return
  if (reaction === 'cut') {
    response.destroy()
    return
  }
  const { status, headers = {}, body = '' } = typeof reaction === 'number' ? { status: reaction } : reaction
  response.writeHead(status, headers).end(body)
}
