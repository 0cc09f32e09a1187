import type { SimulatedPerson } from '../../server/contract/simulator.ts'

/** The name that a customer goes by. */
export const nameOf = ({ firstName, lastName }: SimulatedPerson): string =>
  [firstName, lastName].filter(Boolean).join(' ')
