import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'

interface Props {
  icon: ReactNode
  at: string
  title: ReactNode
  /** True where what follows belongs below it. */
  isHeading?: boolean
  children?: ReactNode
}

/** One thing that happened, and when. */
export const HistoryStep = ({ icon, at, title, isHeading = false, children }: Props) => (
  <li className={cx('flex gap-2.5', isHeading && 'border-t border-line pt-2.5')}>
    <span className="mt-1 w-[15px] shrink-0 empty:hidden">{icon}</span>
    <div className="min-w-0 flex-1">
      <div className="flex justify-between gap-3">
        <span className={cx(isHeading && 'font-medium')}>{title}</span>
        <time className="numeric ltr shrink-0 text-xs leading-6 text-faint">{at}</time>
      </div>
      {children}
    </div>
  </li>
)
