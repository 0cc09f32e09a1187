'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { SecurityPoint } from '../../server/contract/security-watch.ts'
import { instantsOf } from './instants.ts'
import { DRAWN } from './watched.tsx'

const CELL = 'numeric px-3 py-1.5 text-start first:ps-0'

/** The chart in numbers, newest first; steps in which nothing happened are left out. */
export const SeriesTable = ({ points, isLong }: { points: SecurityPoint[]; isLong: boolean }) => {
  const t = useTranslations('security')
  const { full, number } = instantsOf(useLocale(), isLong)
  const rows = points.filter((point) => DRAWN.some((of) => point[of] > 0)).toReversed()
  if (rows.length === 0) return <p className="border-y py-10 text-center text-dim">{t('overview.nothing')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must be reached by keyboard.
    <section tabIndex={0} aria-label={t('overview.chart')} className="overflow-x-auto">
      <table className="w-full border-y">
        <caption className="sr-only">{t('overview.chart')}</caption>
        <thead>
          <tr className="border-b text-sm text-dim">
            <th scope="col" className={CELL}>
              {t('overview.time')}
            </th>
            {DRAWN.map((of) => (
              <th key={of} scope="col" className={CELL}>
                {t(`watched.${of}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {rows.map((point) => (
            <tr key={point.at}>
              <th scope="row" className={`${CELL} font-medium whitespace-nowrap`}>
                {full(point.at)}
              </th>
              {DRAWN.map((of) => (
                <td key={of} className={CELL}>
                  {number(point[of])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
