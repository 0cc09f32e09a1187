import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useConsole } from '../_client/console-provider.tsx'
import { useStore } from '../_client/store.ts'
import { complain } from './complain.ts'

/** Says why the connection was away for a moment, where an administrator closed it. */
export const useKickedNote = (): void => {
  const t = useTranslations('connections')
  const kicks = useStore(useConsole().connection.kicks, (count) => count)
  useEffect(() => {
    if (kicks > 0) complain(t('kicked'))
  }, [kicks, t])
}
