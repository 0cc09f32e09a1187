'use client'

import { Check, Copy, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { copyText } from '../ui/copy-text.ts'

/** Something to do about a message, as small as a word. */
export const Action = ({ icon, label, onClick }: { icon: ReactNode; label: string; onClick: () => void }) => (
  <button
    type="button"
    onClick={onClick}
    className="flex h-7.5 items-center gap-1.5 rounded-lg px-2 font-medium text-ink hover:bg-hover active:bg-press coarse:h-11 coarse:px-3"
  >
    {icon}
    {label}
  </button>
)

export const Retry = ({ onRetry }: { onRetry: () => void }) => (
  <Action
    icon={<RotateCw aria-hidden size={14} />}
    label={useTranslations('chat.trouble')('retry')}
    onClick={onRetry}
  />
)

export const CopyAction = ({ content }: { content: string }) => {
  const t = useTranslations('chat.trouble')
  const [isCopied, setIsCopied] = useState(false)
  const copy = () => void copyText(content).then(setIsCopied)
  const Icon = isCopied ? Check : Copy
  return (
    <Action icon={<Icon aria-hidden size={14} />} label={t(isCopied ? 'copied' : 'copy')} onClick={copy} />
  )
}
