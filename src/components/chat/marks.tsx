import { useTranslations } from 'next-intl'
import type { BubbleItem } from './thread-items.ts'

/** True where the foot of a bubble has more to say than when. */
export const hasMarks = ({ isEdited, isDeleted, extras }: BubbleItem): boolean =>
  !isDeleted && (isEdited || extras?.via !== undefined || extras?.isHumanAgent === true)

/** What was done to a message, or by which way it went: small words beside its time. */
export const Marks = ({ bubble }: { bubble: BubbleItem }) => {
  const t = useTranslations('chat')
  const { isEdited, isDeleted, extras } = bubble
  if (isDeleted) return null
  return (
    <>
      {extras?.via && <span title={t('viaTitle')}>{t('via')}</span>}
      {extras?.isHumanAgent && <span title={t('humanAgentTitle')}>{t('humanAgent')}</span>}
      {isEdited && <span>{t('edited')}</span>}
    </>
  )
}
