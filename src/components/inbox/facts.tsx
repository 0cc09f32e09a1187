import type { ReactNode } from 'react'

export const Heading = ({ children }: { children: string }) => (
  <h3 className="mt-5 mb-2 text-xs font-strong text-dim">{children}</h3>
)

/** A heading with what is known under it. */
export const Facts = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <Heading>{title}</Heading>
    <dl className="grid gap-1.5">{children}</dl>
  </section>
)

export const Fact = ({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) => (
  <div className="flex min-w-0 items-start gap-2.5">
    <dt className="mt-0.75 shrink-0 text-faint" title={label}>
      {icon}
      <span className="sr-only">{label}</span>
    </dt>
    <dd className="min-w-0">{children}</dd>
  </div>
)
