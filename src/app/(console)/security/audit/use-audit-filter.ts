import { useState } from 'react'
import type { AuditChoice, AuditSpan } from '../../../../components/security/audit-choice.ts'
import type { Me } from '../../../../server/contract/account.ts'
import type { AuditAction, ListAudit } from '../../../../server/contract/audit.ts'

const DAY = 86_400_000
const DAYS: Record<Exclude<AuditSpan, 'all'>, number> = { day: 1, week: 7, month: 30 }

export type AuditFilter = Pick<ListAudit, 'scope' | 'action' | 'actorKind' | 'actorId' | 'since'>

/** What of the log is looked at: as it is chosen, as the server is asked, and as an address says it. */
export const useAuditFilter = (me: Me, openedAt: number) => {
  const [choice, setChoice] = useState<AuditChoice>(() => ({
    scope: me.workspace.role === 'agent' ? 'instance' : 'workspace',
    action: '',
    person: '',
    span: 'all',
    isFiltered: false,
  }))
  const choose = (change: Partial<AuditChoice>) =>
    setChoice((held) => {
      const next = { ...held, ...change }
      return { ...next, isFiltered: next.action !== '' || next.person !== '' || next.span !== 'all' }
    })
  const filter = filterOf(choice, openedAt)
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]) => [name, String(value)]),
  ).toString()
  return { choice, choose, filter, query }
}

const filterOf = ({ scope, action, person, span }: AuditChoice, openedAt: number): AuditFilter => ({
  scope,
  ...(action !== '' && { action: action as AuditAction }),
  ...(person !== '' && { actorKind: 'member' as const, actorId: Number(person) }),
  ...(span !== 'all' && { since: new Date(openedAt - DAYS[span] * DAY).toISOString() }),
})
