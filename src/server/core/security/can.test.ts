import { describe, expect, it } from 'vitest'
import type { Role } from '../../contract/account.ts'
import { RIGHTS, type Right } from '../../contract/rights.ts'
import type { Member } from '../context.ts'
import * as rules from './can.ts'

const actor = (role: Role, more: Partial<Member> = {}): Member => ({
  kind: 'member',
  userId: 1,
  name: 'Nima',
  sessionKind: 'console',
  sessionId: 's',
  workspaceId: 1,
  isInstanceAdmin: false,
  workspaces: [
    { id: 1, name: 'Shop', role },
    { id: 2, name: 'Own', role: 'owner' },
  ],
  ...more,
})

const ALL = Object.keys(RIGHTS) as Right[]
const ruleOf = (right: Right) => {
  const name = `can${right[0]?.toUpperCase()}${right.slice(1)}`
  const rule = Object.entries(rules).find(([key]) => key === name)?.[1]
  return rule as (actor: Member, workspaceId?: number) => boolean
}

describe('a right', () => {
  it.each(ALL)('%s is had by the roles of the list and by no other', (right) => {
    const having = (['owner', 'admin', 'agent'] as const).filter((role) => ruleOf(right)(actor(role)))
    expect(having).toEqual(RIGHTS[right])
  })

  it.each(ALL)('%s is judged by the role in that very workspace', (right) => {
    expect(ruleOf(right)(actor('agent'), 2)).toBe(true)
    expect(ruleOf(right)(actor('owner'), 3)).toBe(false)
  })
})

it('lets the instance be run by its administrator, and by no owner or key', () => {
  expect(rules.canManageInstance(actor('agent', { isInstanceAdmin: true }))).toBe(true)
  expect(rules.canManageInstance(actor('owner'))).toBe(false)
  const key = { id: 1, scopes: ['ai' as const] }
  expect(rules.canManageInstance(actor('agent', { isInstanceAdmin: true, key }))).toBe(false)
})
