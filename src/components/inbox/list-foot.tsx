import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'

interface Props {
  hasMore: boolean
  hasFailed: boolean
  onRetry: () => void
}

/** The end of the rows that were read: more is coming, could not come, or there is none. */
export const ListFoot = ({ hasMore, hasFailed, onRetry }: Props) => {
  const t = useTranslations('inbox.list')
  if (!hasMore) return null
  return (
    <div className="grid place-items-center py-4 text-dim">
      {hasFailed ? (
        <Button size="sm" onClick={onRetry}>
          {t('retryMore')}
        </Button>
      ) : (
        <Spinner label={t('loadingMore')} />
      )}
    </div>
  )
}
