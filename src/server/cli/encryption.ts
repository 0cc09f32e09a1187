import { readEnv } from '../env.ts'
import { rotateKeys } from '../rotation.ts'
import type { Answer } from './commands.ts'
import type { Visit } from './visit.ts'

/** Seals everything that is stored with today's key; with one that is made now, where the key is of our own making. */
export async function rotate({ container, ctx }: Visit): Promise<Answer> {
  const by = { kind: 'cli' as const, id: null, name: ctx.actor.name }
  const json = await rotateKeys(readEnv(), container, by)
  const lost =
    json.unreadable > 0 ? ` ${json.unreadable} cannot be read with any key and stay as they are.` : ''
  return { json, text: `Encrypted anew: ${json.resealed}.${lost}` }
}
