import type { CallLog } from './call-log.ts'
import type { FaultList } from './fault-list.ts'

type Records<Call, Filter, New extends { times?: number }, Kept extends { id: number; remaining: number }> = {
  calls: CallLog<Call, Filter>
  faults: Pick<FaultList<New, Kept, unknown>, 'add' | 'list' | 'clear'>
}

/** What every control API says of the calls that came, and of the faults that wait for those to come. */
export function recordVerbs<
  Call,
  Filter,
  New extends { times?: number },
  Kept extends { id: number; remaining: number },
>({ calls, faults }: Records<Call, Filter, New, Kept>, checked: (fault: New) => New) {
  return {
    listCalls: (filter?: Filter) => calls.list(filter),
    clearCalls: () => calls.clear(),
    setFault: (fault: New) => faults.add(checked(fault)),
    listFaults: () => faults.list(),
    clearFaults: () => faults.clear(),
  }
}
