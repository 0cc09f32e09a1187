'use client'

import { ExternalLink, Inbox, Store, TriangleAlert } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { type ComponentProps, useState } from 'react'
import { Brand } from '../../components/auth/brand.tsx'
import { LanguageSwitch } from '../../components/settings/language-switch.tsx'
import { FaultsPanel } from '../../components/simulator/faults-panel.tsx'
import { PeopleList } from '../../components/simulator/people-list.tsx'
import { PersonMenu } from '../../components/simulator/person-menu.tsx'
import { buttonClass } from '../../components/ui/button.tsx'
import { Segmented } from '../../components/ui/segmented.tsx'
import { type SimulatedPerson, SimulatedPlatform } from '../../server/contract/simulator.ts'
import { HOME } from '../_auth/safe-next.ts'
import type { useFaults } from './use-faults.ts'

type ListProps = Omit<ComponentProps<typeof PeopleList>, 'label'> & { faults: ReturnType<typeof useFaults> }

/** Beside the phones: what this page is, whose phones there are, and the way to the inbox. */
export const Sidebar = ({ faults, ...list }: ListProps) => {
  const [part, setPart] = useState<'people' | 'faults'>('people')
  const active = faults.state?.faults.length ?? 0
  const t = useTranslations('simulator')
  const locale = useLocale()
  const site = useTranslations('site')
  return (
    <aside className="hidden w-79 shrink-0 flex-col border-e pane:flex">
      <div className="flex items-center justify-between px-5 pt-4">
        <Brand name={site('name')} />
        <LanguageSwitch />
      </div>
      <div className="px-5 pt-6 pb-4">
        <h1 className="text-xl font-strong">{t('title')}</h1>
        <p className="mt-1 text-pretty text-dim">{t('text')}</p>
      </div>
      <div className="px-4 pb-3">
        <Segmented
          label={t('show')}
          value={part}
          onChange={setPart}
          className="flex w-full"
          options={[
            { value: 'people', label: t('customers') },
            {
              value: 'faults',
              label: t('faults.tab'),
              icon: active > 0 && (
                <TriangleAlert size={15} aria-label={t('faults.active', { count: active })} />
              ),
            },
          ]}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5">
        {part === 'faults' ? <FaultsPanel {...faults} /> : <People {...list} />}
      </div>
      <div className="grid grid-cols-1 gap-2 border-t p-4">
        <a
          href={`/demo-shop?lang=${locale}`}
          target="peyk-shop"
          className={`${buttonClass('plain', 'lg')} w-full`}
        >
          <Store size={17} aria-hidden />
          {t('openShop')}
        </a>
        <a href={HOME} target="peyk-inbox" className={`${buttonClass('plain', 'lg')} w-full`}>
          <ExternalLink size={17} aria-hidden className="mirror" />
          {t('openInbox')}
        </a>
      </div>
    </aside>
  )
}

const People = ({ people, ...rest }: Omit<ListProps, 'faults'>) => {
  const t = useTranslations('simulator')
  return SimulatedPlatform.options.map((platform) => (
    <div key={platform} className="pb-3">
      <h2 className="px-2.5 pb-1 text-xs font-medium text-faint">{t(`platform.${platform}`)}</h2>
      <PeopleList
        label={t(`platform.${platform}`)}
        people={people.filter((person) => person.platform === platform)}
        {...rest}
      />
    </div>
  ))
}

/** Above the one phone of a small screen. */
export const TopBar = ({ people, onOpen, current }: ListProps & { current: SimulatedPerson }) => {
  const t = useTranslations('simulator')
  return (
    <header className="flex items-center justify-between border-b bg-surface px-2 py-1 pane:hidden">
      <h1 className="sr-only">{t('title')}</h1>
      <PersonMenu people={people} current={current} onOpen={onOpen} />
      <div className="flex items-center">
        <LanguageSwitch />
        <a
          href={HOME}
          target="peyk-inbox"
          aria-label={t('openInbox')}
          className="touch grid size-8.5 place-items-center rounded-control text-dim hover:bg-hover"
        >
          <Inbox size={19} aria-hidden />
        </a>
      </div>
    </header>
  )
}
