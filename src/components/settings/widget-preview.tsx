'use client'

import { useTranslations } from 'next-intl'
import type { WebsiteSettings } from '../../server/contract/website.ts'
import { displayLine } from '../ui/display-text.ts'
import { inkOn } from '../widget/shared/colour.ts'

interface Props {
  name: string
  settings: WebsiteSettings
}

/** The widget in small, as its colour and its ink will be. */
export const WidgetPreview = ({ name, settings }: Props) => {
  const t = useTranslations('settings.website')
  const own = { background: settings.accent, color: inkOn(settings.accent) }
  return (
    <figure
      aria-label={t('preview')}
      data-theme={settings.theme === 'auto' ? undefined : settings.theme}
      className="grid gap-2 rounded-sheet border bg-surface p-4 text-ink"
    >
      <figcaption className="border-b pb-2 font-medium">
        <bdi>{displayLine(name)}</bdi>
      </figcaption>
      <p dir="auto" className="max-w-[80%] justify-self-start rounded-2xl bg-hover px-3.5 py-2 text-sm">
        {settings.greeting || t('previewText')}
      </p>
      <p dir="auto" style={own} className="max-w-[80%] justify-self-end rounded-2xl px-3.5 py-2 text-sm">
        {t('previewOwn')}
      </p>
    </figure>
  )
}
