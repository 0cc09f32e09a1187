import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'

interface Props {
  icon: ReactNode
  title: string
  children: ReactNode
  /** The one thing to do next. */
  action: ReactNode
  tone?: 'plain' | 'anar'
}

/** A whole page that only says something: what happened, what is safe, where to go. */
export const NoticePage = ({ icon, title, children, action, tone = 'plain' }: Props) => (
  <main className="grid min-h-dvh place-items-center px-6 py-12">
    <div className="grid max-w-sm justify-items-center text-center">
      <div
        aria-hidden
        className={cx(
          'mb-4 grid size-14 place-items-center rounded-full',
          tone === 'anar' ? 'bg-anar-tint text-anar-ink' : 'bg-firuze-tint text-firuze-ink',
        )}
      >
        {icon}
      </div>
      <h1 className="text-lg font-strong">{title}</h1>
      <div className="mt-1 text-balance text-dim">{children}</div>
      <div className="mt-6">{action}</div>
    </div>
  </main>
)
