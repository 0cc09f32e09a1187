import {
  BARE_MESSAGE,
  type SimulatedFile,
  type SimulatedMessage,
  type SimulatorChat,
} from '../contract/simulator.ts'
import { SimulatorError, type StageFile } from '../transports/simulator/stage.ts'

/** How many messages a phone shows. */
export const MAX_SHOWN = 200

type Plain = Pick<SimulatedMessage, 'id' | 'from' | 'kind' | 'text' | 'at'>

/** A message with nothing to it besides what is told. */
export const shown = (told: Plain & Partial<SimulatedMessage>): SimulatedMessage => ({
  ...BARE_MESSAGE,
  ...told,
})

export const notHere = (what: string): SimulatorError =>
  new SimulatorError(400, `A phone of this platform cannot do this: ${what}`)

/** The file where this chat shows it: a key of another chat names nothing here. */
export function requireShown({ messages }: SimulatorChat, key: string): SimulatedFile {
  const file = messages.flatMap(({ files }) => files).find((one) => one.key === key)
  if (!file) throw new SimulatorError(404, 'Not found')
  return file
}

/** A few pictures, where nobody chose any. */
export const SAMPLE_ALBUM = ['jpeg', 'png', 'webp'] as const

export const TEHRAN = { latitude: 35.6997, longitude: 51.3381 }

export type { StageFile }
