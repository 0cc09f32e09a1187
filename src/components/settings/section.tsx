import type { ReactNode } from 'react'

interface Props {
  title: string
  text?: ReactNode
  /** The one thing to do here. */
  action?: ReactNode
  children: ReactNode
}

/** A part of the settings under its heading. */
export const Section = ({ title, text, action, children }: Props) => (
  <section className="mb-10">
    <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 pane:min-w-72 pane:flex-1">
        <h2 className="text-lg font-strong">{title}</h2>
        {text && <p className="text-dim">{text}</p>}
      </div>
      {action}
    </div>
    {children}
  </section>
)

/** Rows between hairlines. */
export const Rows = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul aria-label={label} className="divide-y border-y">
    {children}
  </ul>
)
