'use client'

import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import type { ConversationPage } from '../../server/contract/conversation.ts'
import type { Formats } from '../chat/time.ts'
import { cx } from '../ui/cx.ts'
import { SearchBox } from './search-box.tsx'

export const VIEWS = ['open', 'unread', 'closed'] as const
export type InboxView = (typeof VIEWS)[number]

interface Props {
  view: InboxView
  search: string
  counts: ConversationPage['counts'] | null
  formats: Formats
  searchRef: RefObject<HTMLInputElement | null>
  hrefOf: (view: InboxView) => string
  onView: (view: InboxView) => void
  onSearch: (text: string) => void
}

/** The top of the list: its name, the search, and the views with their counts. */
export const ListHeader = (props: Props) => {
  const t = useTranslations('inbox')
  return (
    <header className="shrink-0">
      <div className="flex items-center px-4.5 pt-4 pb-2.5">
        <h1 className="text-xl font-strong">{t('title')}</h1>
      </div>
      <SearchBox search={props.search} inputRef={props.searchRef} onSearch={props.onSearch} />
      <nav aria-label={t('views.label')} className="mt-1.5 flex gap-5 border-b border-line px-4.5">
        {VIEWS.map((view) => (
          <ViewTab key={view} tab={view} {...props} />
        ))}
      </nav>
    </header>
  )
}

const ViewTab = ({
  tab,
  ...props
}: { tab: InboxView } & Omit<Props, 'searchRef' | 'search' | 'onSearch'>) => {
  const t = useTranslations('inbox.views')
  const isOn = props.view === tab
  return (
    <a
      href={props.hrefOf(tab)}
      aria-current={isOn ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return
        event.preventDefault()
        props.onView(tab)
      }}
      className={cx(
        'coarse:min-h-11 coarse:min-w-11 justify-center -mb-px flex items-center gap-1.5 rounded-t-sm border-b-2 pt-1.5 pb-2 font-medium transition-colors duration-120',
        isOn ? 'border-firuze text-ink' : 'border-transparent text-dim hover:text-ink',
      )}
    >
      {t(tab)}
      {props.counts && (
        <span className="text-xs font-normal text-faint">{props.formats.number(props.counts[tab])}</span>
      )}
    </a>
  )
}
