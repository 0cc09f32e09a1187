'use client'

import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { Avatar } from '../ui/avatar.tsx'

interface Props extends ComponentProps<'button'> {
  person: { userId: number; name: string }
  isOnline: boolean
}

/** Who one is, and whether the live connection is up; behind it lies the menu. */
export const AccountButton = ({ person, isOnline, ...rest }: Props) => {
  const t = useTranslations('shell.account')
  const state = t(isOnline ? 'online' : 'offline')
  return (
    <button
      type="button"
      aria-haspopup="menu"
      {...rest}
      aria-label={t('open', { name: person.name, state })}
      className="touch grid place-items-center rounded-full"
    >
      <Avatar size="sm" name={person.name} seed={person.userId} badge={<PresenceDot isOnline={isOnline} />} />
    </button>
  )
}

/** Filled while the live connection is up, hollow while it is not: the shape says it, too. */
const PresenceDot = ({ isOnline }: { isOnline: boolean }) => (
  <span
    className={
      isOnline
        ? 'block size-2.75 rounded-full bg-sabz ring-2 ring-canvas'
        : 'block size-2.75 rounded-full border-2 border-faint bg-canvas ring-2 ring-canvas'
    }
  />
)
