'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { type SecurityEventRow, WATCHED, Watched } from '../../server/contract/security-watch.ts'
import { formatsOf } from '../chat/time.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { useWhy } from './use-why.ts'
import { LOOKS } from './watched.tsx'

interface Props {
  event: SecurityEventRow
  isBusy: boolean
  onLetIn: (ip: string) => void
}

const watchedOf = (kind: SecurityEventRow['kind']): Watched =>
  Watched.options.find((of) => (WATCHED[of] as readonly string[]).includes(kind)) ?? 'attempts'

/** One thing that happened: what, why, who, from where and when. */
export const EventRow = ({ event, isBusy, onLetIn }: Props) => {
  const t = useTranslations('security')
  const why = useWhy()
  const { full, number } = formatsOf(useLocale())
  const { kind, count, user, address, by, network } = event
  const { Icon } = LOOKS[watchedOf(kind)]
  return (
    <li className="flex flex-wrap items-start gap-x-3.5 gap-y-2 py-3">
      <span
        aria-hidden
        className="mt-0.5 grid size-8 shrink-0 place-items-center rounded-full bg-hover text-dim"
      >
        <Icon size={16} strokeWidth={1.75} />
      </span>
      <div className="grid min-w-50 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{t(`kinds.${kind}`)}</span>
          {by && <bdi className="text-dim">{why(by)}</bdi>}
          {kind === 'spam_held' && event.isHere && (
            <Link
              href="/spam"
              className="text-sm font-medium text-firuze-ink underline-offset-3 hover:underline"
            >
              {t('events.held')}
            </Link>
          )}
          {count > 1 && <Badge>{t('events.times', { shown: number(count) })}</Badge>}
        </p>
        <p className="text-sm text-dim">
          {(user || kind === 'failed_authentication') && (
            <>
              <bdi>{user?.name || t('events.unknown')}</bdi>
              {' · '}
            </>
          )}
          {address && (
            <>
              <bdi className="ltr font-mono wrap-anywhere">{address}</bdi>
              {' · '}
            </>
          )}
          <span className="inline-block">{full(event.at)}</span>
        </p>
      </div>
      {network && (
        <Button
          size="sm"
          aria-label={t('blocked.letInNamed', { ip: `\u2066${network}\u2069` })}
          disabled={isBusy}
          onClick={() => onLetIn(network)}
        >
          {t('blocked.letIn')}
        </Button>
      )}
    </li>
  )
}
