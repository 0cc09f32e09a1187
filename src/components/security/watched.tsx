import { KeyRound, type LucideIcon, OctagonX, Plug, ShieldBan, Timer } from 'lucide-react'
import type { Watched } from '../../server/contract/security-watch.ts'

/** How each figure looks wherever it stands: its icon, its colour, and a dash of its own, for colour is never alone. */
export const LOOKS: Record<Watched, { Icon: LucideIcon; stroke: string; dash: string }> = {
  attempts: { Icon: Plug, stroke: 'var(--dim)', dash: '2 3' },
  failures: { Icon: KeyRound, stroke: 'var(--anar)', dash: '' },
  limits: { Icon: Timer, stroke: 'var(--zaferan)', dash: '8 4' },
  spam: { Icon: OctagonX, stroke: 'var(--firuze)', dash: '12 3 2 3' },
  blocked: { Icon: ShieldBan, stroke: 'var(--ink)', dash: '1 2' },
}

/** What is drawn over time. */
export const DRAWN = ['attempts', 'failures', 'limits', 'spam'] as const satisfies readonly Watched[]

/** The line by which a figure is known in the chart. */
export const LineSample = ({ of }: { of: Watched }) => (
  <svg aria-hidden width="28" height="8" className="shrink-0">
    <line
      x1="1"
      x2="27"
      y1="4"
      y2="4"
      stroke={LOOKS[of].stroke}
      strokeDasharray={LOOKS[of].dash}
      strokeWidth="2.5"
    />
  </svg>
)
