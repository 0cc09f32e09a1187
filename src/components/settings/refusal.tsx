'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ErrorCode } from '../../server/contract/error.ts'

/** Why a form was not accepted. `code` is null where the server did not answer. */
export interface Refusal {
  code: ErrorCode | null
  /** The platform's own words, in its own language. */
  words?: string | undefined
}

interface Props {
  refusal: Refusal | null
  /** Sentences of this form that are better than the general ones. */
  sentences?: Partial<Record<ErrorCode, string>>
  wordsLabel?: string
}

export const RefusalNote = ({ refusal, sentences = {}, wordsLabel }: Props) => {
  const t = useTranslations('errors')
  if (!refusal) return null
  const { code, words } = refusal
  return (
    <div
      role="alert"
      className="flex animate-fade items-start gap-2 rounded-control border border-anar-line bg-anar-tint px-3 py-2 text-sm text-anar-ink"
    >
      <CircleAlert size={16} aria-hidden className="mt-0.75 shrink-0" />
      <div className="min-w-0">
        <p>{code ? (sentences[code] ?? t(code)) : t('offline')}</p>
        {words && (
          <p className="mt-1 text-xs text-dim">
            {wordsLabel} <ForeignWords>{words}</ForeignWords>
          </p>
        )}
      </div>
    </div>
  )
}

/** What a platform said, as it said it. */
export const ForeignWords = ({ children }: { children: string }) => (
  <bdi lang="en" dir="ltr" className="break-words text-ink">
    {children}
  </bdi>
)
