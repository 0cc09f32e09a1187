'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { LiveConnection } from '../../server/contract/connection.ts'
import { type Refusal, RefusalNote } from '../settings/refusal.tsx'
import { AskDialog } from '../ui/ask-dialog.tsx'
import { isolated } from '../ui/display-text.ts'
import { Switch } from '../ui/switch.tsx'

interface Props {
  connection: LiveConnection
  onClose: () => void
  onConfirm: (signOut: boolean) => void
  isBusy: boolean
  refusal: Refusal | null
}

/** Asks before a connection is ended, and whether its sign-in is to end with it. */
export const EndConnectionDialog = ({ connection, onClose, onConfirm, isBusy, refusal }: Props) => {
  const t = useTranslations('connections.endDialog')
  const common = useTranslations('settings')
  const [signOut, setSignOut] = useState(false)
  const id = useId()
  return (
    <AskDialog
      title={t('title', { name: isolated(connection.user.name) })}
      description={t('text')}
      words={{
        close: common('close'),
        cancel: common('cancel'),
        submit: t(signOut ? 'submitSignOut' : 'submit'),
      }}
      tone="danger"
      isBusy={isBusy}
      onClose={onClose}
      submit={() => onConfirm(signOut)}
    >
      <div className="grid gap-3">
        <div className="flex items-start justify-between gap-6">
          <div className="min-w-0">
            <p className="font-medium">{t('signOut')}</p>
            <p id={id} className="text-sm text-dim">
              {t(signOut ? 'signOutOn' : 'signOutOff')}
            </p>
          </div>
          <span className="mt-0.5">
            <Switch label={t('signOut')} isOn={signOut} describedBy={id} onChange={setSignOut} />
          </span>
        </div>
        <RefusalNote refusal={refusal} sentences={{ not_found: t('notFound'), forbidden: t('forbidden') }} />
      </div>
    </AskDialog>
  )
}
