import type { ReactNode } from 'react'

interface Props {
  icon: ReactNode
  at: string
  title: string
  children?: ReactNode
}

/** One thing that happened, and when. */
export const HistoryStep = ({ icon, at, title, children }: Props) => (
  <li className="flex gap-2.5">
    <span className="mt-1 shrink-0">{icon}</span>
    <div className="min-w-0 flex-1">
      <div className="flex justify-between gap-3">
        <span>{title}</span>
        <time className="numeric ltr shrink-0 text-xs leading-6 text-faint">{at}</time>
      </div>
      {children}
    </div>
  </li>
)
