'use client'

import { PasswordLinkDialog } from '../../../../components/settings/password-link-dialog.tsx'
import { RemoveMemberDialog } from '../../../../components/settings/remove-member-dialog.tsx'
import { RoleDialog } from '../../../../components/settings/role-dialog.tsx'
import type { Role } from '../../../../server/contract/account.ts'
import type { useMemberActs } from './use-member-acts.tsx'

interface Props {
  acts: ReturnType<typeof useMemberActs>
  /** The roles that may be given. */
  roles: readonly Role[]
}

/** The dialog of what is being done about a member. */
export const MemberDialogs = ({ acts, roles }: Props) => {
  const { act, close, change, remove, link } = acts
  if (!act) return null
  const { member } = act
  if (act.kind === 'role') {
    const { isBusy, refusal } = change
    const onChange = (role: Role) => change.run(member, role)
    return <RoleDialog {...{ member, roles, isBusy, refusal, onChange }} onClose={close} />
  }
  if (act.kind === 'remove') {
    const { isBusy, refusal } = remove
    const onConfirm = () => remove.run(member)
    return <RemoveMemberDialog {...{ member, isBusy, refusal, onConfirm }} onClose={close} />
  }
  const { isBusy, refusal, made } = link
  return (
    <PasswordLinkDialog
      {...{ member, isBusy, refusal, made }}
      onMake={() => link.run(member)}
      onClose={close}
    />
  )
}
