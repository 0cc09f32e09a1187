'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cx } from '../ui/cx.ts'

interface Props {
  label: string
  sections: readonly { path: string; name: string }[]
}

export const SettingsNav = ({ label, sections }: Props) => {
  const here = usePathname()
  const nav = useRef<HTMLElement>(null)
  // On a phone the last sections begin beyond the edge.
  useEffect(() => {
    const current = here && nav.current?.querySelector('[aria-current]')
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [here])
  return (
    <nav ref={nav} aria-label={label} className="-mb-px flex gap-5 overflow-x-auto">
      {sections.map(({ path, name }) => (
        <Link
          key={path}
          href={path}
          aria-current={here.startsWith(path) ? 'page' : undefined}
          className={cx(
            'touch flex items-center border-b-2 pt-2 pb-2.25 font-medium whitespace-nowrap transition-colors duration-120 outline-offset-[-2px]',
            here.startsWith(path) ? 'border-firuze text-ink' : 'border-transparent text-dim hover:text-ink',
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
