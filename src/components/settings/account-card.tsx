'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Me } from '../../server/contract/account.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Name } from '../ui/name.tsx'

/** Who is signed in, and where they work. */
export const AccountCard = ({ me }: { me: Me }) => {
  const t = useTranslations('settings.profile')
  const roles = useTranslations('settings.people.roles')
  return (
    <div className="flex flex-wrap items-start gap-5 border-y py-5">
      <Avatar name={me.name} seed={me.userId} size="xl" />
      <dl className="grid flex-1 grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        <Detail term={t('name')}>
          <Name className="font-medium">{me.name}</Name>
        </Detail>
        <Detail term={t('username')}>
          <Name className="ltr">{me.username}</Name>
        </Detail>
        <Detail term={t('email')}>
          <Name className="ltr break-all">{me.email}</Name>
        </Detail>
        <Detail term={t('workspace')}>
          <Name>{me.workspace.name}</Name>
        </Detail>
        <Detail term={t('role')}>{roles(me.workspace.role)}</Detail>
      </dl>
    </div>
  )
}

const Detail = ({ term, children }: { term: string; children: ReactNode }) => (
  <>
    <dt className="text-dim">{term}</dt>
    <dd className="min-w-0">{children}</dd>
  </>
)
