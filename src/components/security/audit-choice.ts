import type { AuditAction } from '../../server/contract/audit.ts'

export const AUDIT_SPANS = ['day', 'week', 'month', 'all'] as const
export type AuditSpan = (typeof AUDIT_SPANS)[number]

/** What somebody wants to see of the log; an empty text is no wish. */
export interface AuditChoice {
  scope: 'workspace' | 'instance'
  action: string
  person: string
  span: AuditSpan
  isFiltered: boolean
}

type Dashed<Action> = Action extends `${infer Noun}.${infer Verb}` ? `${Noun}-${Verb}` : never

/** The name of an action as translations have it: a dot would be a level of theirs. */
export const dashed = (action: AuditAction) => action.replace('.', '-') as Dashed<AuditAction>
