import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'

/** A further page at one end of the thread. */
export interface PageEdge {
  exists: boolean
  isLoading: boolean
  hasFailed: boolean
  load: () => void
}

/** A page that is coming, or could not come. */
export const EdgeState = ({ edge }: { edge: PageEdge }) => {
  const t = useTranslations('chat')
  if (!edge.exists || (!edge.isLoading && !edge.hasFailed)) return null
  return (
    <div className="grid place-items-center py-3 text-dim">
      {edge.hasFailed ? (
        <Button size="sm" onClick={edge.load}>
          {t('retryPage')}
        </Button>
      ) : (
        <Spinner label={t('loadingPage')} />
      )}
    </div>
  )
}
