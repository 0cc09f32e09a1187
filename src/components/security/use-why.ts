import { useTranslations } from 'next-intl'

const KNOWN = [
  'password',
  'token',
  'webhook',
  'messages',
  'sign_in',
  'too_many_failed_auth',
  'message_spam',
  'rate_limit_abuse',
] as const

/** A reason in the reader's language where it is one of ours; what a person wrote stays as they wrote it. */
export const useWhy = () => {
  const t = useTranslations('security.why')
  return (reason: string): string => {
    const known = KNOWN.find((one) => one === reason)
    return known ? t(known) : reason
  }
}
