import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'

/** Says once that something was done. Mounted before it is needed, so that a screen reader hears the change. */
export const DoneNote = ({ children }: { children: ReactNode }) => (
  <div role="status">
    {children && (
      <p className="mb-4 flex animate-fade items-center gap-2 rounded-control bg-firuze-tint px-3 py-2 text-firuze-ink">
        <CircleCheck size={17} aria-hidden className="shrink-0" />
        <span>{children}</span>
      </p>
    )}
  </div>
)
