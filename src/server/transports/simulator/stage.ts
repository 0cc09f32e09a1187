import type {
  SimulatedBusiness,
  SimulatedFault,
  SimulatedMessage,
  SimulatedPerson,
  SimulatedTrouble,
  SimulatorAct,
  SimulatorChat,
  SimulatorEvent,
} from '../../contract/simulator.ts'

/** A refusal to be shown to the page. */
export class SimulatorError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface StageFile {
  bytes: Uint8Array
  mime: string
  name: string | null
}

/** `reset`: the position asked for is gone, and the chat is to be read again. */
type StageListener = (event: SimulatorEvent | 'reset' | null, position: string | null) => void

/** One platform's emulator with the demo's customers on it. Throws errors with an HTTP `status` for what it refuses. */
export interface Stage {
  business: SimulatedBusiness
  people: SimulatedPerson[]
  read(chatId: number): SimulatorChat
  watch(chatId: number, lastEventId: string | undefined, listener: StageListener): () => void
  act(chatId: number, act: SimulatorAct): Promise<SimulatedMessage[]>
  setBlocked(chatId: number, blocked: boolean): void
  /** Keeps a file for a message to come; answers its name. */
  putFile(file: StageFile): string
  /** A file of this chat. */
  readFile(chatId: number, key: string): Promise<StageFile>
  faults: StageFaults
  /** Lets time pass, where that means something on this platform. */
  travel?(hours: number): Promise<void>
  traveledHours(): number
}

export interface StageFaults {
  list(): SimulatedFault[]
  set(trouble: SimulatedTrouble, until: SimulatedFault['until'] | 'none'): Promise<void>
  clear(): Promise<void>
}
