'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from '../ui/dialog.tsx'
import { SHORTCUT_SHEET } from './shortcuts.ts'

interface Props {
  open: boolean
  hasSingleKeys: boolean
  onSingleKeys: (isOn: boolean) => void
  onOpenChange: (open: boolean) => void
}

/** Every key there is, and the switch for those that are a single letter. */
export const ShortcutSheet = ({ open, onOpenChange, hasSingleKeys, onSingleKeys }: Props) => {
  const t = useTranslations('inbox.shortcuts')
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      closeLabel={t('close')}
      wide
      isForReading
    >
      <div className="gap-x-10 pane:columns-2">
        {SHORTCUT_SHEET.map(({ group, keys }) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 text-xs font-strong text-dim">{t(`group.${group}`)}</h3>
            <dl>
              {keys.map(([action, caps]) => (
                <div
                  key={action}
                  className="flex items-center justify-between gap-4 border-b border-line py-1.5"
                >
                  <dt>{t(`action.${action}`)}</dt>
                  <dd className="ltr flex gap-1">
                    {caps.map((cap) => (
                      <Cap key={cap}>{cap}</Cap>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="mt-3 flex items-start gap-2.5">
        <input
          type="checkbox"
          checked={hasSingleKeys}
          onChange={(event) => onSingleKeys(event.target.checked)}
          className="mt-1.25 size-4"
        />
        <span>
          {t('single')}
          <span className="block text-sm text-dim">{t('singleWhy')}</span>
        </span>
      </label>
    </Dialog>
  )
}

const Cap = ({ children }: { children: string }) => (
  <kbd className="grid h-6 min-w-6 place-items-center rounded-md border border-line bg-canvas px-1.5 font-sans text-xs">
    {children}
  </kbd>
)
