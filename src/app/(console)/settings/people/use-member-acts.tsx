'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { MemberAct } from '../../../../components/settings/member-menu.tsx'
import { Name } from '../../../../components/ui/name.tsx'
import type { Member, Role } from '../../../../server/contract/account.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** What is done about a member: which dialog is open, how far it is, and what was done last. */
export const useMemberActs = () => {
  const t = useTranslations('account.member')
  const roles = useTranslations('settings.people.roles')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [act, setAct] = useState<{ kind: MemberAct; member: Member } | null>(null)
  const [done, setDone] = useState<ReactNode>(null)
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.people.members.queryKey() })
  const change = useMutation(trpc.people.changeRole.mutationOptions({ onSettled }))
  const remove = useMutation(trpc.people.remove.mutationOptions({ onSettled }))
  const link = useMutation(trpc.people.makeResetLink.mutationOptions({ gcTime: 0 }))

  const open = (kind: MemberAct, member: Member) => {
    for (const mutation of [change, remove, link]) mutation.reset()
    setDone(null)
    setAct({ kind, member })
  }
  const close = () => {
    // The link must not stay in memory longer than it is shown.
    link.reset()
    setAct(null)
  }
  const finish = (sentence: ReactNode) => {
    setAct(null)
    setDone(sentence)
  }
  const called = ({ name }: Member) => ({ name: () => <Name>{name}</Name> })
  const runChange = (member: Member, role: Role) =>
    change.mutate(
      { userId: member.userId, role },
      { onSuccess: () => finish(t.rich('role.done', { ...called(member), role: roles(role) })) },
    )
  const runRemove = (member: Member) =>
    remove.mutate(
      { userId: member.userId },
      { onSuccess: () => finish(t.rich('removal.done', called(member))) },
    )

  return {
    act,
    done,
    open,
    close,
    change: { run: runChange, isBusy: change.isPending, refusal: codeOnly(change.error) },
    remove: { run: runRemove, isBusy: remove.isPending, refusal: codeOnly(remove.error) },
    link: {
      run: ({ userId }: Member) => link.mutate({ userId }),
      isBusy: link.isPending,
      refusal: codeOnly(link.error),
      made: link.data?.url ?? null,
    },
  }
}

const codeOnly = (error: { message: string } | null) => {
  const refusal = refusalOf(error)
  return refusal && { code: refusal.code }
}
