import type { Messages } from './messages.ts'

type Part = keyof Messages

/**
 * The words that each section of the site is sent, besides those around it: all of them with every page would outweigh
 * the page.
 */
export const WORDS = {
  everywhere: ['site', 'errors', 'ui'],
  auth: ['auth', 'account'],
  console: ['shell', 'inbox', 'chat', 'spam', 'connections'],
  settings: ['settings', 'account', 'auth'],
  security: ['security', 'audit', 'settings'],
  simulator: ['simulator'],
} as const satisfies Record<string, readonly Part[]>

export const pickWords = (all: Messages, section: keyof typeof WORDS): Partial<Messages> =>
  Object.fromEntries(WORDS[section].map((part) => [part, all[part]]))
