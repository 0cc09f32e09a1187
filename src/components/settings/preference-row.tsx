import type { ReactNode } from 'react'

interface Props {
  name: string
  hint?: string
  children: ReactNode
}

/** A choice with its name and what it means. */
export const PreferenceRow = ({ name, hint, children }: Props) => (
  <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3.5">
    <div className="min-w-40 flex-1">
      <p className="font-medium">{name}</p>
      {hint && <p className="text-sm text-dim">{hint}</p>}
    </div>
    {children}
  </div>
)
