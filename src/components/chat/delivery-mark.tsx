'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Tooltip } from '../ui/tooltip.tsx'
import type { Standing } from './delivery.ts'
import { DeliveryIcon } from './delivery-icon.tsx'

const HistoryPopover = dynamic(
  () => import('./history-popover.tsx').then((module) => module.HistoryPopover),
  {
    ssr: false,
  },
)

interface Props {
  standing: Standing
  source: string
  /** The stored message whose history can be read; null while there is none. */
  messageId: string | null
  renderHistory: (messageId: string) => React.ReactNode
}

/** The tick of a message of ours: its state in words on hover and focus, its whole history on a click. */
export const DeliveryMark = ({ standing, source, messageId, renderHistory }: Props) => {
  const t = useTranslations('chat.delivery')
  const [wasOpened, setWasOpened] = useState(false)
  const words = t(`step.${standing.step}`, { channel: source })
  if (messageId === null) {
    return (
      <Tooltip label={words} side="top">
        <span role="img" aria-label={words} className="grid place-items-center">
          <DeliveryIcon standing={standing} />
        </span>
      </Tooltip>
    )
  }
  const button = (
    <button
      type="button"
      aria-label={t('open', { state: words })}
      onClick={() => setWasOpened(true)}
      className="relative -m-1 grid place-items-center rounded-md p-1 before:absolute before:-inset-2 hover:bg-press coarse:before:-inset-2.75"
    >
      <DeliveryIcon standing={standing} />
    </button>
  )
  if (!wasOpened) {
    return (
      <Tooltip label={words} side="top">
        {button}
      </Tooltip>
    )
  }
  return (
    <HistoryPopover label={t('history')} trigger={button}>
      {renderHistory(messageId)}
    </HistoryPopover>
  )
}
