import type { OpenRow, Row } from './row.testing.ts'
import { INBOX_ROWS, type SubscriptionRow } from './trpc-inbox-rows.testing.ts'
import { SETTINGS_ROWS } from './trpc-settings-rows.testing.ts'

/** Every procedure. */
export const TRPC_ROWS: Record<string, Row | SubscriptionRow | OpenRow> = { ...INBOX_ROWS, ...SETTINGS_ROWS }
