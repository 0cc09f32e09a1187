import type { ReactNode } from 'react'
import { cx } from './cx.ts'

interface Props {
  icon?: ReactNode
  title: string
  /** Why it is empty, or what is safe; one or two sentences. */
  children?: ReactNode
  /** The one thing to do next. */
  action?: ReactNode
  tone?: 'plain' | 'anar'
  className?: string
}

/** A place with nothing in it: says why and offers one action. */
export const EmptyState = ({ icon, title, children, action, tone = 'plain', className }: Props) => (
  <div className={cx('grid justify-items-center gap-1 px-6 py-12 text-center', className)}>
    {icon && (
      <div
        aria-hidden
        className={cx(
          'mb-3 grid size-14 place-items-center rounded-full',
          tone === 'anar' ? 'bg-anar-tint text-anar-ink' : 'bg-firuze-tint text-firuze-ink',
        )}
      >
        {icon}
      </div>
    )}
    <p className="text-md font-strong">{title}</p>
    {children && <div className="max-w-sm text-balance text-dim">{children}</div>}
    {action && <div className="mt-4">{action}</div>}
  </div>
)
