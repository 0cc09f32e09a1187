import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type BadgeTone = 'neutral' | 'firuze' | 'zaferan' | 'anar' | 'sabz'

const TONES: Record<BadgeTone, string> = {
  neutral: 'bg-hover text-dim',
  firuze: 'bg-firuze-tint text-firuze-ink',
  zaferan: 'bg-zaferan-tint text-zaferan-ink',
  anar: 'bg-anar-tint text-anar-ink',
  sabz: 'bg-hover text-ink',
}

interface Props {
  tone?: BadgeTone
  /** An icon, so that colour is never alone. */
  icon?: ReactNode
  children: ReactNode
  className?: string
}

/** A word about a state. */
export const Badge = ({ tone = 'neutral', icon, children, className }: Props) => (
  <span
    className={cx(
      'inline-flex max-w-full items-center gap-1.25 rounded-lg px-2 py-0.5 text-xs font-medium',
      TONES[tone],
      className,
    )}
  >
    {icon}
    <span className="one-line">{children}</span>
  </span>
)

/** A number of things that wait; a formatted figure, in the language's digits. */
export const CountPill = ({ children, label }: { children: ReactNode; label?: string }) => (
  <span className="inline-grid h-4.75 min-w-4.75 shrink-0 place-items-center rounded-full bg-firuze px-1.5 text-2xs leading-none font-strong text-on-firuze">
    <span aria-hidden={label ? true : undefined}>{children}</span>
    {label && <span className="sr-only">{label}</span>}
  </span>
)
