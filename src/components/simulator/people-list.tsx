'use client'

import { Columns2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SimulatedPerson } from '../../server/contract/simulator.ts'
import { Spoken } from '../inbox/spoken.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { cx } from '../ui/cx.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { nameOf } from './person-name.ts'

interface Props {
  label: string
  people: readonly SimulatedPerson[]
  open: readonly number[]
  onOpen: (chatId: number) => void
  onOpenBeside: (chatId: number) => void
}

/** The demo's customers: one opens a phone, or a second one beside it. */
export const PeopleList = ({ label, people, open, onOpen, onOpenBeside }: Props) => {
  const t = useTranslations('simulator')
  return (
    <ul aria-label={label} className="grid grid-cols-1 gap-0.5">
      {people.map((person) => (
        <li
          key={person.chatId}
          className={cx(
            'group flex items-center rounded-card pe-1.5 transition-colors duration-120',
            open.includes(person.chatId) ? 'bg-firuze-tint' : 'hover:bg-hover',
          )}
        >
          <button
            type="button"
            aria-current={open.includes(person.chatId) ? 'true' : undefined}
            onClick={() => onOpen(person.chatId)}
            className="flex min-w-0 flex-1 items-center gap-3 rounded-card p-2.5 text-start"
          >
            <Avatar name={person.firstName} seed={person.chatId} />
            <span className="min-w-0">
              <Spoken className="font-medium">{nameOf(person)}</Spoken>
              <span className="one-line block text-sm text-dim">
                {person.username ? <bdi className="ltr">@{person.username}</bdi> : t('noUsername')}
              </span>
            </span>
          </button>
          {!open.includes(person.chatId) && (
            <span className="hidden opacity-0 transition-opacity duration-120 group-focus-within:opacity-100 group-hover:opacity-100 min-[1120px]:block coarse:opacity-100">
              <IconButton
                label={t('secondPhoneOf', { name: nameOf(person) })}
                onClick={() => onOpenBeside(person.chatId)}
              >
                <Columns2 size={17} aria-hidden />
              </IconButton>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
