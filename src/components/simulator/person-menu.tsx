'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SimulatedPerson } from '../../server/contract/simulator.ts'
import { Avatar } from '../ui/avatar.tsx'
import { buttonClass } from '../ui/button.tsx'
import { Menu, MenuChoice } from '../ui/menu.tsx'
import { nameOf } from './person-name.ts'

interface Props {
  people: readonly SimulatedPerson[]
  current: SimulatedPerson
  onOpen: (chatId: number) => void
}

/** Whose phone it is, where there is room for one phone only. */
export const PersonMenu = ({ people, current, onOpen }: Props) => {
  const t = useTranslations('simulator')
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={buttonClass('quiet')}>
          <Avatar name={current.firstName} seed={current.chatId} size="sm" />
          <span className="one-line max-w-32 text-ink">
            <span className="sr-only">{t('choose')}: </span>
            <bdi>{nameOf(current)}</bdi>
          </span>
          <ChevronDown size={16} aria-hidden />
        </button>
      }
    >
      <MenuChoice
        label={t('customers')}
        value={String(current.chatId)}
        onChange={(chatId) => onOpen(Number(chatId))}
        options={people.map((person) => ({
          value: String(person.chatId),
          label: (
            <>
              <bdi>{nameOf(person)}</bdi>{' '}
              <span className="text-xs text-faint">{t(`platform.${person.platform}`)}</span>
            </>
          ),
        }))}
      />
    </Menu>
  )
}
