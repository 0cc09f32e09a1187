'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Member } from '../../server/contract/account.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { cx } from '../ui/cx.ts'
import { Name } from '../ui/name.tsx'

interface Props {
  member: Member
  isSelf: boolean
  /** What can be done about them. */
  menu?: ReactNode
}

/** One person of the workspace. Presence is a shape and a word, not a colour alone. */
export const MemberRow = ({ member, isSelf, menu }: Props) => {
  const t = useTranslations('settings.people')
  return (
    <li className="flex flex-wrap items-center gap-x-3.5 gap-y-1 py-3.5">
      <Avatar name={member.name} seed={member.userId} badge={<PresenceDot isOnline={member.isOnline} />} />
      <div className="min-w-40 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <Name className="font-medium">{member.name}</Name>
          {isSelf && <Badge>{t('you')}</Badge>}
        </p>
        <p className="one-line text-sm text-dim">
          <Name className="ltr">{member.email}</Name>
        </p>
      </div>
      <p className="text-end text-sm text-dim">
        <span className="block font-medium text-ink">{t(`roles.${member.role}`)}</span>
        {member.isOnline ? t('online') : t('offline')}
      </p>
      {menu}
    </li>
  )
}

const PresenceDot = ({ isOnline }: { isOnline: boolean }) => (
  <span
    className={cx(
      'block size-3 rounded-full ring-2 ring-surface',
      isOnline ? 'bg-sabz' : 'border-2 border-edge bg-surface',
    )}
  />
)
