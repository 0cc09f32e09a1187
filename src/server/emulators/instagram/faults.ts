import { FaultList } from '../fault-list.ts'
import type { Fault, GraphOp, NewFault } from './call-types.ts'

type Target = { accountId: string | null; igsid: string | null; op: GraphOp }

/** Faults of the Graph API, by account, customer and operation. */
export class GraphFaults extends FaultList<NewFault, Fault, Target> {
  constructor(limits: { maxFaults: number }) {
    super(limits, { keep, aimsAt })
  }
}

function keep(input: NewFault, waiting: { id: number; remaining: number }): Fault {
  const { accountId = null, igsid = null, op = null, times: _, ...effect } = input
  return { ...effect, ...waiting, accountId, igsid, op }
}

function aimsAt(fault: Fault, { accountId, igsid, op }: Target): boolean {
  if (fault.accountId !== null && fault.accountId !== accountId) return false
  if (fault.igsid !== null && fault.igsid !== igsid) return false
  return fault.op === null || fault.op === op
}
