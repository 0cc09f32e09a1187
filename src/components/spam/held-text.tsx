'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { MessageKind } from '../../server/contract/message.ts'
import { cx } from '../ui/cx.ts'
import { displayText } from '../ui/display-text.ts'

/** Longer texts are shown in part. */
const LONG = 400
const MANY_LINES = 6

/** What a held message says, as the thread would show it, but with nothing in it to follow. */
export const HeldText = ({ kind, children }: { kind: MessageKind; children: string }) => {
  const t = useTranslations('spam')
  const [isWhole, setIsWhole] = useState(false)
  const text = displayText(children)
  const isLong = text.length > LONG || text.split('\n').length > MANY_LINES
  return (
    <div className="min-w-0">
      {kind !== 'text' && <p className="text-sm font-medium text-dim">{t(`kind.${kind}`)}</p>}
      <p dir="auto" className={cx('prose-plain', isLong && !isWhole && 'line-clamp-6')}>
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
          className="touch text-sm font-medium text-firuze-ink hover:underline"
        >
          {isWhole ? t('showLess') : t('showAll')}
        </button>
      )}
    </div>
  )
}
