'use client'

import { Ellipsis, KeyRound, UserMinus, UserRoundCog } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { isolated } from '../ui/display-text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'

export type MemberAct = 'role' | 'link' | 'remove'

interface Props {
  name: string
  /** What may be done; with nothing there is no menu. */
  acts: readonly MemberAct[]
  onAct: (act: MemberAct) => void
}

const ICONS = { role: UserRoundCog, link: KeyRound, remove: UserMinus } as const
const WORDS = { role: 'changeRole', link: 'resetLink', remove: 'remove' } as const

/** What can be done about one member. */
export const MemberMenu = ({ name, acts, onAct }: Props) => {
  const t = useTranslations('account.member')
  if (acts.length === 0) return <span className="size-8.5 max-pane:hidden" />
  const item = (act: MemberAct) => {
    const Icon = ICONS[act]
    return (
      <MenuItem
        key={act}
        icon={<Icon size={16} aria-hidden />}
        tone={act === 'remove' ? 'danger' : 'plain'}
        onSelect={() => onAct(act)}
      >
        {t(WORDS[act])}
      </MenuItem>
    )
  }
  return (
    <Menu
      trigger={
        <IconButton label={t('menu', { name: isolated(name) })}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      }
    >
      {acts.filter((act) => act !== 'remove').map(item)}
      {acts.includes('remove') && acts.length > 1 && <MenuLine />}
      {acts.includes('remove') && item('remove')}
    </Menu>
  )
}
