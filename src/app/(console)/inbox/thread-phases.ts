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

/** Why there is no thread to be seen; a failure stays while it is tried again. */
export const failureOf = (thread: ThreadState): 'failed' | 'missing' | 'gone' | null => {
  const { messages, conversation, isDeleted, phase, conversationPhase } = thread
  if (isDeleted) return 'gone'
  if (messages && conversation) return null
  const phases = [conversationPhase, phase]
  for (const one of phases)
    if (one?.state === 'failed') return one.error === 'not_found' ? 'missing' : 'failed'
  return phases.some((one) => one?.state === 'loading' && one.again) ? 'failed' : null
}
