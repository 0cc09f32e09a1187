import type { PageEdge } from '../../../components/chat/edge-state.tsx'
import type { Phase } from '../../_client/loader.ts'
import type { ThreadState } from '../../_client/use-thread.ts'

/** One end of a thread as the log shows it. */
export const edgeOf = (exists: boolean, phase: Phase | undefined, load: () => void): PageEdge => ({
  exists,
  isLoading: phase?.state === 'loading',
  hasFailed: phase?.state === 'failed',
  load,
})

/** What kept the thread from being read; it stays while that is tried again. */
export const failureOf = ({ messages, conversation, phase, conversationPhase }: ThreadState) => {
  if (messages && conversation) return null
  const phases = [conversationPhase, phase]
  for (const one of phases) if (one?.state === 'failed') return one.error ?? 'unavailable'
  return phases.some((one) => one?.state === 'loading' && one.again) ? 'unavailable' : null
}
