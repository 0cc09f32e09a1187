import type { ReactNode } from 'react'
import { door } from '../_auth/door.ts'
import { findSession } from '../_auth/session.ts'
import { WordsOf } from '../_i18n/words-of.tsx'
import { ConsoleShell } from './console-shell.tsx'

// Each page turns strangers away itself, because only a page knows the address to lead them back to.
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await findSession()
  if (!session) return children
  const { userId, name, email, workspaceId } = session
  return (
    <WordsOf section="console">
      <ConsoleShell self={{ userId, name, email, workspaceId }} hasSimulator={door().about().simulator}>
        {children}
      </ConsoleShell>
    </WordsOf>
  )
}
