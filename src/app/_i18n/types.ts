import type { Locale } from '../../server/contract/account.ts'
import type { Messages } from './messages.ts'

// A key that no translation has, or a value that it lacks, does not compile.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
