'use client'

import { useLocale } from 'next-intl'
import { ConnectionBanner } from '../../components/chat/connection-banner.tsx'
import { formatsOf } from '../../components/chat/time.ts'
import { useBanner } from '../_client/use-banner.ts'

export const Banner = ({ isOverThread }: { isOverThread: boolean }) => {
  const { banner, retry } = useBanner()
  return (
    <ConnectionBanner
      banner={banner}
      number={formatsOf(useLocale()).number}
      isOverThread={isOverThread}
      onRetry={retry}
    />
  )
}
