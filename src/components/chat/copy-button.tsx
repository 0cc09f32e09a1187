'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { copyText } from '../ui/copy-text.ts'
import { cx } from '../ui/cx.ts'

interface Props {
  content: string
  className: string
}

const SHOWN_MS = 1_500

/**
 * Takes a message's words along, as they were written. For the mouse only: a finger selects by itself, and for Tab one
 * more stop at each message would make a thread twice as long.
 */
export const CopyButton = ({ content, className }: Props) => {
  const t = useTranslations('chat')
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const Icon = isCopied ? Check : Copy
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t(isCopied ? 'copied' : 'copy')}
      onClick={() => void copyText(content).then(setIsCopied)}
      className={cx(
        'absolute inset-bs-0.5 grid size-8 place-items-center rounded-control text-dim opacity-0 transition-opacity duration-120 group-hover:opacity-100 hover:bg-hover hover:text-ink coarse:hidden',
        className,
      )}
    >
      <Icon aria-hidden size={15} />
    </button>
  )
}
