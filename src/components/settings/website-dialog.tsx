'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { Website, WebsiteSettings } from '../../server/contract/website.ts'
import { Field } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { CopyField } from './copy-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PreferenceRow } from './preference-row.tsx'
import type { Refusal } from './refusal.tsx'
import { WebsiteIdentity } from './website-identity.tsx'
import { NameField } from './website-name-field.tsx'
import { readOrigins } from './website-origins.ts'
import { OriginsField } from './website-origins-field.tsx'
import { WidgetPreview } from './widget-preview.tsx'

interface Props {
  website: Website
  onClose: () => void
  onSave: (change: { name: string; settings: WebsiteSettings }) => void
  isBusy: boolean
  refusal: Refusal | null
  identity: { secret: string | null; isBusy: boolean; isNew: boolean; show(): void; rotate(): void }
}

/** Everything that may be set for a website's widget, with the line to paste above it. */
export const WebsiteDialog = ({ website, onClose, onSave, isBusy, refusal, identity }: Props) => {
  const t = useTranslations('settings.website')
  const [name, setName] = useState(website.name)
  const [text, setText] = useState(website.settings.allowedOrigins.join('\n'))
  const [settings, setSettings] = useState(website.settings)
  const [isTried, setIsTried] = useState(false)
  const change = (part: Partial<WebsiteSettings>) => setSettings((before) => ({ ...before, ...part }))
  const onSubmit = () => {
    setIsTried(true)
    const read = readOrigins(text)
    if ('origins' in read && name.trim() !== '')
      onSave({ name: name.trim(), settings: { ...settings, allowedOrigins: read.origins } })
  }
  return (
    <FormDialog
      wide
      title={t('settingsNamed', { name: website.name })}
      onClose={onClose}
      onSubmit={onSubmit}
      submit={isBusy ? t('saving') : t('save')}
      isBusy={isBusy}
      gap="gap-7"
      refusal={refusal}
    >
      <CopyField
        label={t('snippet')}
        value={website.snippet}
        copyLabel={t('copy')}
        copiedLabel={t('copied')}
      />
      <div className="grid gap-4">
        <NameField name={name} onChange={setName} />
        <OriginsField text={text} onChange={setText} isTried={isTried} />
      </div>
      <Part title={t('look')}>
        <Look settings={settings} change={change} />
        <WidgetPreview name={name} settings={settings} />
      </Part>
      <Part title={t('texts')}>
        <Texts settings={settings} change={change} />
      </Part>
      <Part title={t('identity')}>
        <WebsiteIdentity
          isEnforced={settings.isIdentityEnforced}
          onEnforce={(isIdentityEnforced) => change({ isIdentityEnforced })}
          {...identity}
        />
      </Part>
    </FormDialog>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="grid gap-4 border-t pt-5">
    <h3 className="font-strong">{title}</h3>
    {children}
  </section>
)

interface Fields {
  settings: WebsiteSettings
  change: (part: Partial<WebsiteSettings>) => void
}

const Look = ({ settings, change }: Fields) => {
  const t = useTranslations('settings.website')
  const option = <T extends string>(name: 'themes' | 'positions' | 'languages', value: T) => ({
    value,
    label: t(`${name}.${value}` as 'themes.auto'),
  })
  return (
    <div className="divide-y border-y">
      <PreferenceRow name={t('accent')}>
        <input
          type="color"
          aria-label={t('accent')}
          value={settings.accent}
          onChange={(event) => change({ accent: event.target.value })}
          className="touch h-9 w-14 cursor-pointer rounded-control border border-edge/60 bg-surface p-1"
        />
      </PreferenceRow>
      <PreferenceRow name={t('theme')}>
        <Segmented
          label={t('theme')}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
          options={(['auto', 'light', 'dark'] as const).map((value) => option('themes', value))}
        />
      </PreferenceRow>
      <PreferenceRow name={t('position')}>
        <Segmented
          label={t('position')}
          value={settings.position}
          onChange={(position) => change({ position })}
          options={(['left', 'right'] as const).map((value) => option('positions', value))}
        />
      </PreferenceRow>
      <PreferenceRow name={t('language')}>
        <Segmented
          label={t('language')}
          value={settings.language}
          onChange={(language) => change({ language })}
          options={(['auto', 'fa', 'en'] as const).map((value) => option('languages', value))}
        />
      </PreferenceRow>
    </div>
  )
}

const Texts = ({ settings, change }: Fields) => {
  const t = useTranslations('settings.website')
  return (
    <>
      <TextArea
        label={t('greeting')}
        value={settings.greeting}
        rows={2}
        maxLength={300}
        onChange={(event) => change({ greeting: event.target.value })}
        help={t('greetingHelp')}
      />
      <Field
        label={t('replyTime')}
        value={settings.replyTime}
        maxLength={120}
        onChange={(event) => change({ replyTime: event.target.value })}
        help={t('replyTimeHelp')}
      />
      <TextArea
        label={t('away')}
        value={settings.away}
        rows={2}
        maxLength={300}
        onChange={(event) => change({ away: event.target.value })}
      />
    </>
  )
}
