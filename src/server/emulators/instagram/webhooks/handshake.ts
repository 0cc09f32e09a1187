import { randomInt } from 'node:crypto'
import type { HttpCaller } from '../../http-caller.ts'
import { askCallback, type Outcome } from './callback.ts'

const MAX_CHALLENGE = 2 ** 31

/** The callback must give back the challenge, and nothing else; `error` is empty when it did. */
export async function handshake(
  caller: HttpCaller,
  { url, verifyToken }: { url: string; verifyToken: string },
): Promise<Outcome> {
  const challenge = String(randomInt(MAX_CHALLENGE))
  const asked = new URL(url)
  asked.searchParams.set('hub.mode', 'subscribe')
  asked.searchParams.set('hub.challenge', challenge)
  asked.searchParams.set('hub.verify_token', verifyToken)
  const headers = { 'user-agent': 'facebookplatform/1.0', accept: '*/*' }
  const outcome = await askCallback(caller, { method: 'GET', url: asked.href, headers, body: '' })
  if (outcome.status !== 200) return outcome
  const isRight = outcome.reply === challenge
  return { ...outcome, error: isRight ? '' : 'The callback did not give back the challenge' }
}
