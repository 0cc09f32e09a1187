'use client'

import { Feather, Inbox, type LucideIcon, Settings, ShieldAlert, ShieldCheck, Smartphone } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'
import { Tooltip } from '../ui/tooltip.tsx'

interface Props {
  path: string
  hasUnread: boolean
  /** What is held as spam: how many, and the number as it is written. */
  spam: { count: number; shown: string }
  hasSimulator: boolean
  /** True for those who watch over security. */
  hasSecurity?: boolean
  /** On a phone the rail is a bar at the foot, and makes room for an open thread. */
  isHiddenOnPhone: boolean
  /** The person's own menu. */
  account: ReactNode
}

/** The way around the console: a rail at the start edge, a bar at the foot of a phone. */
export const Rail = ({
  path,
  hasUnread,
  spam,
  hasSimulator,
  hasSecurity,
  isHiddenOnPhone,
  account,
}: Props) => {
  const t = useTranslations('shell')
  const spamT = useTranslations('spam')
  return (
    <nav
      aria-label={t('navigation')}
      className={cx(
        'order-last flex items-center justify-around gap-1.5 border-t border-line bg-canvas px-4 pb-[env(safe-area-inset-bottom)]',
        'max-pane:h-[calc(58px+env(safe-area-inset-bottom))]',
        'pane:order-first pane:w-15 pane:flex-col pane:justify-start pane:border-t-0 pane:border-e pane:px-0 pane:py-3.5',
        isHiddenOnPhone && 'max-pane:hidden',
      )}
    >
      <Link
        href="/inbox"
        aria-label={t('home')}
        className="mb-3 hidden size-8.5 place-items-center rounded-[10px] bg-firuze text-on-firuze pane:grid"
      >
        <Feather aria-hidden size={19} strokeWidth={1.9} className="mirror" />
      </Link>
      <Item
        href="/inbox"
        label={t('inbox')}
        Icon={Inbox}
        isOn={path.startsWith('/inbox')}
        mark={hasUnread ? t('inboxUnread') : undefined}
      />
      <Item
        href="/spam"
        label={spamT('title')}
        Icon={ShieldAlert}
        isOn={path.startsWith('/spam')}
        mark={spam.count > 0 ? spamT('rail', spam) : undefined}
        count={spam.count > 0 ? spam.shown : undefined}
      />
      {hasSimulator && <Item href="/simulator" label={t('simulator')} Icon={Smartphone} isOn={false} />}
      <span className="hidden flex-1 pane:block" />
      {hasSecurity && (
        <Item href="/security" label={t('security')} Icon={ShieldCheck} isOn={path.startsWith('/security')} />
      )}
      <Item href="/settings" label={t('settings')} Icon={Settings} isOn={path.startsWith('/settings')} />
      {account}
    </nav>
  )
}

interface ItemProps {
  href: string
  label: string
  Icon: LucideIcon
  isOn: boolean
  /** What waits there, said beside the dot. */
  mark?: string | undefined
  /** How many, in place of the dot. */
  count?: string | undefined
}

const Item = ({ href, label, Icon, isOn, mark, count }: ItemProps) => (
  <Tooltip label={label} side="right">
    <Link
      href={href}
      aria-current={isOn ? 'page' : undefined}
      aria-label={mark ?? label}
      className={cx(
        'touch relative grid size-9.5 place-items-center rounded-[10px] transition-colors duration-120',
        isOn ? 'bg-firuze-tint text-firuze-ink' : 'text-dim hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden size={20} strokeWidth={1.75} />
      {count && (
        <span
          aria-hidden
          className="absolute -inset-bs-0.5 -inset-e-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-zaferan-tint px-1 text-2xs leading-none font-strong text-zaferan-ink ring-2 ring-canvas"
        >
          {count}
        </span>
      )}
      {mark && !count && (
        <span className="absolute inset-bs-2 inset-e-2 size-1.75 rounded-full bg-anar ring-2 ring-canvas" />
      )}
    </Link>
  </Tooltip>
)
