import type { MemberAct } from '../../../../components/settings/member-menu.tsx'
import type { Me, Member, Role } from '../../../../server/contract/account.ts'
import { hasRight } from '../../../../server/contract/rights.ts'

/** What this person is offered to do about a member. The server decides what is done. */
export const actsOn = (me: Me | undefined, member: Member): MemberAct[] => {
  if (!me || me.userId === member.userId) return []
  const mayManage =
    hasRight(me.workspace.role, 'manageMembers') && (member.role !== 'owner' || maySetOwners(me))
  const mayLink = mayManage || me.isInstanceAdmin
  return [
    ...(mayManage ? (['role'] as const) : []),
    ...(mayLink ? (['link'] as const) : []),
    ...(mayManage ? (['remove'] as const) : []),
  ]
}

/** The roles that this person may give. */
export const rolesToGive = (me: Me): Role[] =>
  maySetOwners(me) ? ['agent', 'admin', 'owner'] : ['agent', 'admin']

const maySetOwners = (me: Me) => hasRight(me.workspace.role, 'manageOwners')
