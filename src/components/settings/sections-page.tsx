import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'
import { SettingsNav } from './settings-nav.tsx'

const WIDTHS = { narrow: 'max-w-210', wide: 'max-w-250' }

interface Props {
  title: string
  sections: readonly { path: string; name: string }[]
  width: keyof typeof WIDTHS
  children: ReactNode
}

/** A part of the console that is parted into sections: its title and their names stay above what is read. */
export const SectionsPage = ({ title, sections, width, children }: Props) => {
  const column = cx('mx-auto px-4 pane:px-10', WIDTHS[width])
  return (
    <div className="h-full min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface">
      <header className="sticky inset-bs-0 z-10 border-b bg-surface pt-4 pane:pt-5">
        <div className={column}>
          <h1 className="text-xl font-strong">{title}</h1>
          <SettingsNav label={title} sections={sections} />
        </div>
      </header>
      <div className={cx(column, 'py-7')}>{children}</div>
    </div>
  )
}
