import type { ReactNode } from 'react'

/** What to do elsewhere, one thing after the other. */
export const Steps = ({ children }: { children: ReactNode }) => (
  <ol className="grid gap-2 text-dim">{children}</ol>
)

export const Step = ({ children }: { children: ReactNode }) => (
  <li className="ms-5 list-decimal ps-1 marker:text-faint [&:lang(fa)]:[list-style-type:persian]">
    {children}
  </li>
)
