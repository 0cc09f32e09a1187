'use client'

import { useTranslations } from 'next-intl'
import { WebsiteDialog } from '../../../../components/settings/website-dialog.tsx'
import { Dialog } from '../../../../components/ui/dialog.tsx'
import { Spinner } from '../../../../components/ui/spinner.tsx'
import type { Channel } from '../../../../server/contract/channel.ts'
import type { Website } from '../../../../server/contract/website.ts'
import { useWebsite } from './use-website-acts.tsx'

interface Props {
  channel: Channel
  onClose: () => void
  onSaved: (website: Website) => void
}

/** The settings of one website, once they are read. */
export const WebsiteSettings = ({ channel, onClose, onSaved }: Props) => {
  const t = useTranslations('settings.website')
  const common = useTranslations('settings')
  const { website, isFailed, save, ...rest } = useWebsite(channel.id, onSaved)
  if (website) return <WebsiteDialog website={website} onClose={onClose} onSave={save} {...rest} />
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('settingsNamed', { name: channel.name })}
      closeLabel={common('close')}
      isForReading
    >
      {isFailed ? <p role="alert">{t('failed')}</p> : <Spinner label={common('loading')} />}
    </Dialog>
  )
}
