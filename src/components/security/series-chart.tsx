'use client'

import { useLocale, useTranslations } from 'next-intl'
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { SecurityPoint } from '../../server/contract/security-watch.ts'
import { instantsOf } from './instants.ts'
import { SeriesTip } from './series-tip.tsx'
import { DRAWN, LOOKS } from './watched.tsx'

interface Props {
  /** What is drawn, in words; the numbers stand in the table beside it. */
  label: string
  points: SecurityPoint[]
  /** Over days, so that a clock alone would not do. */
  isLong: boolean
}

const TICK = { fill: 'var(--dim)', fontSize: 12 }

/** Figures over time, in the direction of reading. It does not move by itself: each picture replaces the one before. */
export const SeriesChart = ({ label, points, isLong }: Props) => {
  const t = useTranslations('security.overview')
  const locale = useLocale()
  const isRtl = locale === 'fa'
  const { axis, number } = instantsOf(locale, isLong)
  const isEmpty = points.every((point) => DRAWN.every((of) => point[of] === 0))
  return (
    <figure aria-label={label} className="relative">
      <div aria-hidden className="h-72" dir="ltr">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={points}
            accessibilityLayer={false}
            margin={{ top: 8, right: isRtl ? 0 : 8, bottom: 0, left: isRtl ? 8 : 0 }}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              reversed={isRtl}
              tickFormatter={axis}
              tick={TICK}
              tickLine={false}
              axisLine={{ stroke: 'var(--line)' }}
              minTickGap={48}
            />
            <YAxis
              orientation={isRtl ? 'right' : 'left'}
              allowDecimals={false}
              domain={[0, (max: number) => Math.max(4, Math.ceil(max / 4) * 4)]}
              tickFormatter={number}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              width="auto"
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--edge)' }}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as SecurityPoint | undefined
                return active && point ? <SeriesTip point={point} isLong={isLong} /> : null
              }}
            />
            {DRAWN.map((of) => (
              <Line
                key={of}
                dataKey={of}
                type="monotone"
                stroke={LOOKS[of].stroke}
                strokeDasharray={LOOKS[of].dash}
                strokeWidth={2}
                dot={false}
                activeDot={{ r: 4, stroke: 'var(--surface)' }}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      {isEmpty && (
        <figcaption className="pointer-events-none absolute inset-0 grid place-items-center pb-8 text-dim">
          <span className="bg-surface px-2">{t('nothing')}</span>
        </figcaption>
      )}
    </figure>
  )
}
