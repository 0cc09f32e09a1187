'use client'

import { usePathname } from 'next/navigation'
import { useLocale } from 'next-intl'
import type { ReactNode } from 'react'
import { formatsOf } from '../../components/chat/time.ts'
import { Rail } from '../../components/inbox/rail.tsx'
import { ConsoleProvider } from '../_client/console-provider.tsx'
import type { Self } from '../_client/console-session.ts'
import { useCounts } from '../_client/use-list.ts'
import { useSpamCount, useSpamFreshness } from '../_client/use-spam.ts'
import { Account } from './account.tsx'
import { Banner } from './banner.tsx'
import { ChannelBanner } from './channel-banner.tsx'
import { Complaints } from './complaints.tsx'
import { useWatch } from './security/use-watch.ts'
import { useAlerts } from './use-alerts.ts'
import { useConsoleKeys } from './use-console-keys.tsx'
import { useKickedNote } from './use-kicked-note.ts'
import { usePhoneHeight } from './use-phone-height.ts'
import { useTabIcon } from './use-tab-icon.ts'
import { useTitle } from './use-title.ts'

interface Props {
  self: Self
  hasSimulator: boolean
  children: ReactNode
}

const NO_SPAM = { count: 0, shown: '' }
const MOST_SHOWN = 99

/** The frame of every page of the console: the rail, the connection's word, the page. */
export const ConsoleShell = ({ self, hasSimulator, children }: Props) => {
  const path = usePathname()
  const rail = { path, hasSimulator, isHiddenOnPhone: /^\/inbox\/./.test(path) }
  usePhoneHeight()
  return (
    <div className="relative flex h-(--phone-height,100dvh) flex-col overflow-hidden pane:flex-row">
      <ConsoleProvider
        self={self}
        fallback={<Rail {...rail} hasUnread={false} spam={NO_SPAM} account={<span className="size-8.5" />} />}
      >
        <Frame {...rail}>{children}</Frame>
      </ConsoleProvider>
    </div>
  )
}

const Frame = ({
  children,
  ...rail
}: { children: ReactNode } & Omit<Parameters<typeof Rail>[0], 'hasUnread' | 'spam' | 'account'>) => {
  const counts = useCounts()
  const sheet = useConsoleKeys()
  useKickedNote()
  useAlerts()
  const spam = useSpamMark()
  const hasSecurity = useWatch()
  useTitle(counts?.unread ?? 0)
  useTabIcon((counts?.unread ?? 0) > 0)
  return (
    <>
      <Rail
        {...rail}
        hasUnread={(counts?.unread ?? 0) > 0}
        spam={spam}
        hasSecurity={hasSecurity === true}
        account={<Account onShortcuts={sheet.open} />}
      />
      <main className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        <Banner isOverThread={rail.isHiddenOnPhone} />
        <ChannelBanner />
        {children}
      </main>
      {sheet.node}
      <Complaints />
    </>
  )
}

const useSpamMark = () => {
  useSpamFreshness()
  const count = useSpamCount() ?? 0
  const { number } = formatsOf(useLocale())
  return { count, shown: count > MOST_SHOWN ? `${number(MOST_SHOWN)}+` : number(count) }
}
