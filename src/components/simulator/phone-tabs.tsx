'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SimulatedPerson } from '../../server/contract/simulator.ts'
import { cx } from '../ui/cx.ts'
import { Segmented } from '../ui/segmented.tsx'

interface Props {
  people: readonly SimulatedPerson[]
  faults: number
  value: string
  onChange: (value: string) => void
}

/** One phone at a time, where there is room for one; on the smallest screens, which have no side panel, the faults too. */
export const PhoneTabs = ({ people, faults, value, onChange }: Props) => {
  const t = useTranslations('simulator')
  const isMixed = new Set(people.map(({ platform }) => platform)).size > 1
  const phones = people.map((person) => ({
    value: String(person.chatId),
    label: isMixed ? t(`platform.${person.platform}`) : <bdi>{person.firstName}</bdi>,
  }))
  const trouble = {
    value: 'faults',
    label: t('faults.tab'),
    icon: faults > 0 ? <TriangleAlert size={15} aria-label={t('faults.active', { count: faults })} /> : null,
  }
  return (
    <div className={cx('border-b bg-surface p-1.5 min-[1120px]:hidden', people.length < 2 && 'pane:hidden')}>
      <Segmented
        label={t('show')}
        value={value}
        onChange={onChange}
        options={[...phones, trouble]}
        className="flex w-full pane:hidden"
      />
      <div className="hidden pane:block">
        <Segmented
          label={t('show')}
          value={value === trouble.value ? (phones[0]?.value ?? '') : value}
          onChange={onChange}
          options={phones}
          className="flex w-full"
        />
      </div>
    </div>
  )
}
