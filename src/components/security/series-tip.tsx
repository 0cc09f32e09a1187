'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { SecurityPoint } from '../../server/contract/security-watch.ts'
import { instantsOf } from './instants.ts'
import { DRAWN, LineSample } from './watched.tsx'

/** The numbers of the step under the pointer. */
export const SeriesTip = ({ point, isLong }: { point: SecurityPoint; isLong: boolean }) => {
  const t = useTranslations('security.watched')
  const locale = useLocale()
  const { full, number } = instantsOf(locale, isLong)
  return (
    <div
      dir={locale === 'fa' ? 'rtl' : 'ltr'}
      className="grid gap-1 rounded-control border border-line bg-raised px-3 py-2 text-sm shadow-float"
    >
      <p className="numeric text-dim">{full(point.at)}</p>
      {DRAWN.map((of) => (
        <p key={of} className="flex items-center gap-2">
          <LineSample of={of} />
          <span className="flex-1">{t(of)}</span>
          <span className="numeric font-medium">{number(point[of])}</span>
        </p>
      ))}
    </div>
  )
}
