'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type Figures as Numbers, Watched } from '../../server/contract/security-watch.ts'
import { formatsOf } from '../chat/time.ts'
import { DRAWN, LineSample, LOOKS } from './watched.tsx'

const isDrawn = (of: Watched) => (DRAWN as readonly Watched[]).includes(of)

/** The sums of a period, and the legend of its chart. */
export const Figures = ({ figures }: { figures: Numbers }) => {
  const t = useTranslations('security.watched')
  const { number } = formatsOf(useLocale())
  return (
    <dl className="grid grid-cols-2 border-y pane:grid-cols-5">
      {Watched.options.map((of) => {
        const { Icon } = LOOKS[of]
        return (
          <div key={of} className="flex flex-col gap-1 py-4 pe-3">
            <dt className="flex items-center gap-1.75 text-sm text-dim">
              <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />
              {t(of)}
            </dt>
            <dd className="numeric text-2xl font-strong">{number(figures[of])}</dd>
            {isDrawn(of) && (
              <dd aria-hidden>
                <LineSample of={of} />
              </dd>
            )}
          </div>
        )
      })}
    </dl>
  )
}
