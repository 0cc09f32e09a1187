'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { cx } from '../ui/cx.ts'

/** Where a raw socket is cut off. */
const CUT_OFF_BYTES = 4 * 1024 * 1024
const BEHIND_BYTES = 64 * 1024
const KIB = 1024

/** What waits for a reader, drawn against the bound at which it is cut off. */
export const LagMeter = ({ bytes }: { bytes: number }) => {
  const t = useTranslations('connections')
  const format = useFormatter()
  if (bytes === 0) return <span>{t('keepsUp')}</span>
  const isBehind = bytes >= BEHIND_BYTES
  const share = Math.min(1, Math.log2(1 + bytes / KIB) / Math.log2(1 + CUT_OFF_BYTES / KIB))
  return (
    <span className={cx('grid gap-1', isBehind && 'text-anar-ink')}>
      {t('behind', { kib: format.number(Math.ceil(bytes / KIB)) })}
      <span aria-hidden className="h-1 overflow-hidden rounded-full bg-press">
        <span
          className={cx('block h-full rounded-full', isBehind ? 'bg-anar' : 'bg-firuze')}
          style={{ inlineSize: `${Math.round(share * 100)}%` }}
        />
      </span>
    </span>
  )
}
