import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { door } from '../../_auth/door.ts'
import { findSession } from '../../_auth/session.ts'
import { Inbox } from './inbox.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('shell'))('title'),
})

// The inbox lives in the layout: its address changes with each conversation, its panes stay.
export default async function InboxLayout({ children }: { children: ReactNode }) {
  if (!(await findSession())) return children
  return (
    <>
      <Inbox hasSimulator={door().about().simulator} />
      {children}
    </>
  )
}
