import { createContext, useContext } from 'react'
import type { SimulatedMessage, SimulatedPlatform, SimulatorAct } from '../../server/contract/simulator.ts'

/** What the owner of a phone is about to say: something new, an answer to a message, or a message said anew. */
export type Intent = { kind: 'reply' | 'edit'; message: SimulatedMessage } | null

interface PhoneActions {
  platform: SimulatedPlatform
  /** Where the bytes of the phone's files are. */
  fileUrl: (key: string) => string
  act: (act: SimulatorAct) => void
  sendFiles: (files: readonly File[]) => void
  intend: (intent: Intent) => void
}

const Actions = createContext<PhoneActions | null>(null)
export const PhoneActionsProvider = Actions.Provider

export const usePhoneActions = (): PhoneActions => {
  const actions = useContext(Actions)
  if (!actions) throw new Error('There is no phone around this')
  return actions
}
