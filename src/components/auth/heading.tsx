import type { ReactNode } from 'react'

/** What a page before the console is for. */
export const Heading = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="mb-7">
    <h1 className="text-2xl font-strong">{title}</h1>
    <p className="mt-1.5 text-pretty text-dim">{children}</p>
  </div>
)
