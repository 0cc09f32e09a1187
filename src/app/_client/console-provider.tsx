'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { loginPath } from '../_auth/safe-next.ts'
import { ConsoleSession, type Self } from './console-session.ts'
import { TRPCProvider } from './trpc.ts'

const Context = createContext<ConsoleSession | null>(null)

interface Props {
  self: Self
  /** Shown until the browser has taken over. */
  fallback: ReactNode
  children: ReactNode
}

/** Opens the console's one connection and keeps it for as long as the pages inside are shown. */
export const ConsoleProvider = ({ self, fallback, children }: Props) => {
  const [session, setSession] = useState<ConsoleSession | null>(null)
  const { userId, name, email, workspaceId } = self
  useEffect(() => {
    const person = { userId, name, email, workspaceId }
    const opened = new ConsoleSession(person, { onSessionEnded: leaveForSignIn, onMoved: leaveForHome })
    setSession(opened)
    const flush = () => opened.drafts.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      opened.close()
    }
  }, [userId, name, email, workspaceId])
  if (!session) return fallback
  return (
    <QueryClientProvider client={session.queries}>
      <TRPCProvider trpcClient={session.client} queryClient={session.queries}>
        <Context value={session}>{children}</Context>
      </TRPCProvider>
    </QueryClientProvider>
  )
}

export const useConsole = (): ConsoleSession => {
  const session = use(Context)
  if (!session) throw new Error('This component belongs inside the console.')
  return session
}

// A full load, so that nothing of this person's workspace stays in memory.
const leaveForSignIn = () => {
  const { pathname, search } = window.location
  window.location.assign(loginPath(pathname + search))
}

// What this page shows may not be theirs any more.
const leaveForHome = () => window.location.assign('/inbox')
