/** Calls of the Graph API as the control API tells of them, and what can be made to go wrong with them. */
export type FaultEffect =
  /** Answers with this row of Graph's error table; nothing runs. What is not named is as Graph says it. */
  | { kind: 'error'; code: number; subcode?: number; status?: number; message?: string }
  /** Runs, then answers with an error all the same; 1/1357046 unless told. */
  | { kind: 'error-after'; code?: number; subcode?: number }
  /** Answers with this status and a page that is not JSON; nothing runs. */
  | { kind: 'status'; status: number; retryAfter?: number }
  /** Never answers; nothing runs. */
  | { kind: 'hang' }
  /** Runs, then the connection is cut without an answer. */
  | { kind: 'drop-after' }
  /** Runs, and is answered this much later. */
  | { kind: 'delay'; ms: number }

/** Applies to the next `times` (1 unless told) calls that match; what is not named matches all. */
export type NewFault = FaultEffect & { accountId?: string; igsid?: string; op?: GraphOp; times?: number }
export type Fault = FaultEffect & {
  id: number
  accountId: string | null
  igsid: string | null
  op: GraphOp | null
  remaining: number
}

export type GraphOp =
  | 'me'
  | 'send'
  | 'sender_action'
  | 'subscribe'
  | 'subscriptions'
  | 'unsubscribe'
  | 'exchange'
  | 'refresh'
  | 'profile'
  | 'conversations'
  | 'conversation'
  | 'message'
  /** The CDN: aim with the op alone; of its faults only status, hang, drop-after and delay. */
  | 'cdn'
  | 'unknown'

export type RecordedCall = {
  atMs: number
  accountId: string | null
  op: GraphOp
  verb: string
  path: string
  igsid: string | null
  /** Query and body, each value as text; tokens and secrets are redacted. */
  params: Record<string, string>
  /** Null while unanswered, and for ever when a fault left it so. */
  status: number | null
  code: number | null
  subcode: number | null
}
export type CallFilter = { accountId?: string; igsid?: string; op?: GraphOp }
export type CallPage = { calls: RecordedCall[]; dropped: number }
