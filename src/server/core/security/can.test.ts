import { expect, it } from 'vitest'
import type { Role } from '../../contract/account.ts'
import type { Member } from '../context.ts'
import { canInvite, canManageChannels } from './can.ts'

const actor = (role: Role): Member => ({
  kind: 'member',
  userId: 1,
  name: 'Nima',
  sessionKind: 'console',
  sessionId: 's',
  workspaceId: 1,
  workspaces: [
    { id: 1, name: 'Shop', role },
    { id: 2, name: 'Own', role: 'owner' },
  ],
})

it.each([canInvite, canManageChannels])('is for owners and admins, not for agents: %o', (can) => {
  expect(can(actor('owner'))).toBe(true)
  expect(can(actor('admin'))).toBe(true)
  expect(can(actor('agent'))).toBe(false)
})

it('judges by the role in that very workspace, and refuses a workspace that is not theirs', () => {
  expect(canManageChannels(actor('agent'), 2)).toBe(true)
  expect(canManageChannels(actor('owner'), 3)).toBe(false)
})
