'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { BlockedAddress } from '../../server/contract/security.ts'
import { formatsOf } from '../chat/time.ts'
import { Button } from '../ui/button.tsx'
import { useWhy } from './use-why.ts'

interface Props {
  entry: BlockedAddress
  isBusy: boolean
  onLetIn: () => void
}

/** One address that is kept out: why, since when, until when, and how often it came back. */
export const BlockedRow = ({ entry, isBusy, onLetIn }: Props) => {
  const t = useTranslations('security.blocked')
  const why = useWhy()
  const { full, number } = formatsOf(useLocale())
  const { ip, reason, created_at, expires_at, hits } = entry
  return (
    <li className="flex flex-wrap items-start gap-x-3.5 gap-y-2 py-3.5">
      <div className="grid min-w-50 flex-1 gap-0.5">
        <p>
          <bdi className="ltr font-mono font-medium">{ip}</bdi>
        </p>
        <p className="prose-plain">{reason ? why(reason) : t('noReason')}</p>
        <p className="text-sm text-dim">
          {t('times', { since: full(created_at), until: full(expires_at), hits, shown: number(hits) })}
        </p>
      </div>
      <Button aria-label={t('letInNamed', { ip: `\u2066${ip}\u2069` })} disabled={isBusy} onClick={onLetIn}>
        {t('letIn')}
      </Button>
    </li>
  )
}
