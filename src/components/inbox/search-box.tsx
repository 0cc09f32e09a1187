'use client'

import { Search, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type RefObject, useId } from 'react'

interface Props {
  search: string
  inputRef: RefObject<HTMLInputElement | null>
  onSearch: (text: string) => void
}

/** Looks for conversations; Escape empties it. */
export const SearchBox = ({ search, inputRef, onSearch }: Props) => {
  const t = useTranslations('inbox.search')
  const id = useId()
  return (
    <search className="relative mx-3.5 block">
      <label htmlFor={id} className="sr-only">
        {t('label')}
      </label>
      <Search
        aria-hidden
        size={16}
        className="pointer-events-none absolute inset-bs-0 inset-s-3 h-full text-faint"
      />
      <input
        ref={inputRef}
        id={id}
        type="search"
        dir={search === '' ? undefined : 'auto'}
        value={search}
        maxLength={200}
        autoComplete="off"
        placeholder={t('placeholder')}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || search === '') return
          event.stopPropagation()
          onSearch('')
        }}
        className="ui-start h-9 w-full rounded-control border border-transparent bg-press/70 ps-9 pe-9 outline-none transition-colors duration-120 focus-visible:border-firuze focus-visible:bg-surface coarse:h-11 coarse:text-lg"
      />
      {search !== '' && (
        <button
          type="button"
          aria-label={t('clear')}
          onClick={() => {
            onSearch('')
            inputRef.current?.focus()
          }}
          className="absolute inset-y-0 inset-e-0 grid w-9 place-items-center rounded-control text-dim hover:text-ink"
        >
          <X aria-hidden size={16} />
        </button>
      )}
    </search>
  )
}
