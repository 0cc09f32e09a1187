import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Channel } from '../../server/contract/channel.ts'
import { channelName } from './channel-name.ts'
import { FormDialog } from './form-dialog.tsx'
import type { Refusal } from './refusal.tsx'

interface Props {
  platform: 'Telegram' | 'Instagram'
  /** The channel that goes on with another token; null where a new one is made. */
  again: Channel | null
  onClose: () => void
  onSubmit: () => void
  isBusy: boolean
  refusal: Refusal | null
  children: ReactNode
}

/** The sheet that asks for a platform's token, and shows what the platform said to it. */
export const ConnectDialog = ({ platform, again, children, ...form }: Props) => {
  const t = useTranslations(`settings.connect${platform}`)
  return (
    <FormDialog
      {...form}
      title={again ? t('againTitle', { name: channelName(again) }) : t('title')}
      submit={form.isBusy ? t('submitting') : t('submit')}
      wordsLabel={t('said')}
      sentences={{
        invalid_input: t('failures.invalid_input'),
        conflict: t('failures.conflict'),
        forbidden: t('failures.forbidden'),
        unavailable: t('failures.unavailable'),
        ...(again && {
          precondition_failed: t('failures.precondition_failed', { name: channelName(again) }),
        }),
      }}
    >
      {children}
    </FormDialog>
  )
}
