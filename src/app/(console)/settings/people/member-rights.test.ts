import { expect, it } from 'vitest'
import type { Me, Member, Role } from '../../../../server/contract/account.ts'
import { actsOn, rolesToGive } from './member-rights.ts'

const me = (role: Role, more: Partial<Me> = {}): Me => {
  const workspace = { id: 1, name: 'Shop', role }
  const person = {
    userId: 1,
    name: 'Nima',
    email: 'nima@example.com',
    username: 'nima',
    locale: 'en' as const,
  }
  return { ...person, workspace, workspaces: [workspace], isInstanceAdmin: false, ...more }
}
const member = (role: Role, userId = 2): Member => {
  return { userId, name: 'Sara', email: 'sara@example.com', role, isOnline: false }
}

it('offers what the role allows, and nothing about oneself', () => {
  const all = ['role', 'link', 'remove']
  expect(actsOn(me('owner'), member('owner'))).toEqual(all)
  expect(actsOn(me('admin'), member('admin'))).toEqual(all)
  expect(actsOn(me('admin'), member('owner'))).toEqual([])
  expect(actsOn(me('agent'), member('agent'))).toEqual([])
  expect(actsOn(me('owner'), member('owner', 1))).toEqual([])
  expect(actsOn(undefined, member('agent'))).toEqual([])
})

it('offers a password link to whoever runs the instance, and no more', () => {
  expect(actsOn(me('agent', { isInstanceAdmin: true }), member('owner'))).toEqual(['link'])
})

it('lets owners alone make owners', () => {
  expect(rolesToGive(me('owner'))).toContain('owner')
  expect(rolesToGive(me('admin'))).toEqual(['agent', 'admin'])
})
