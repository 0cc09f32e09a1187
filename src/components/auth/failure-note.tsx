'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ErrorCode } from '../../server/contract/error.ts'
import type { AuthFailure } from './post-auth.ts'

/** Why nobody was let in, in one sentence that gives nothing away. */
export const FailureNote = ({ failure }: { failure: AuthFailure | null }) => {
  const sentence = useFailureSentence()
  if (!failure) return null
  return (
    <p
      role="alert"
      className="flex animate-fade items-start gap-2 rounded-control border border-anar-line bg-anar-tint px-3 py-2 text-sm text-anar-ink"
    >
      <CircleAlert size={16} aria-hidden className="mt-0.75 shrink-0" />
      <span>{sentence(failure)}</span>
    </p>
  )
}

const useFailureSentence = () => {
  const auth = useTranslations('auth.failures')
  const errors = useTranslations('errors')
  return (failure: AuthFailure): string => {
    if (failure.reason === 'code_wanted' || failure.reason === 'code_wrong') return auth('credentials')
    if (failure.reason === 'offline') return errors('offline')
    if (failure.reason !== 'refused') return auth(failure.reason)
    if (failure.code === 'conflict') return auth('taken')
    return errors(isErrorCode(failure.code) ? failure.code : 'internal')
  }
}

// The contract's schema would bring its whole library into the sign-in page.
const CODES: Record<ErrorCode, true> = {
  invalid_input: true,
  unauthenticated: true,
  forbidden: true,
  not_found: true,
  conflict: true,
  precondition_failed: true,
  window_closed: true,
  too_large: true,
  rate_limited: true,
  unavailable: true,
  internal: true,
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(CODES, code)
