import type { Answer, HttpCaller } from '../../http-caller.ts'

/** What a request to the callback came to. `status` is null when there was no answer. */
export type Outcome = { status: number | null; error: string; reply: string }

/** Asks the callback; only a plain 200 is no error. */
export function askCallback(caller: HttpCaller, asked: Parameters<HttpCaller['ask']>[0]): Promise<Outcome> {
  return caller.ask(asked).then(outcomeOf, failed)
}

function outcomeOf({ status, body }: Answer): Outcome {
  return { status, error: status === 200 ? '' : `The callback answered ${status}`, reply: body }
}

function failed(error: unknown): Outcome {
  return { status: null, error: error instanceof Error ? error.message : 'Connection closed', reply: '' }
}
