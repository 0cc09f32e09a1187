import type { ReactNode } from 'react'

/** What can be done with an invitation, and as whom. */
export const InvitationCard = ({ note, children }: { note: ReactNode; children: ReactNode }) => (
  <div className="grid gap-3">
    <p className="text-dim">{note}</p>
    {children}
  </div>
)
