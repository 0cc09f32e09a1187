import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { WORDS } from './words.ts'

const app = path.resolve(import.meta.dirname, '..')
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+\.tsx?)'/g
const USE = /useTranslations\(\s*'(\w+)/g

/** Every file that an entry reaches, dialogs that are loaded later too. */
function reached(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry) || !existsSync(entry)) return seen
  seen.add(entry)
  for (const [, to = ''] of readFileSync(entry, 'utf8').matchAll(IMPORT))
    if (!to.includes('/server/')) reached(path.resolve(path.dirname(entry), to), seen)
  return seen
}

const sectionsOf = (file: string): (keyof typeof WORDS)[] => [
  'everywhere',
  ...(file.startsWith('(auth)') ? (['auth'] as const) : []),
  ...(file.startsWith('(console)') ? (['console'] as const) : []),
  ...(file.startsWith('(console)/settings') ? (['settings'] as const) : []),
  ...(file.startsWith('(console)/security') ? (['security'] as const) : []),
  ...(file.startsWith('simulator') ? (['simulator'] as const) : []),
]

const entries = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|\/)(page|layout|error|not-found)\.tsx$/.test(file),
)

it.each(entries)('%s is sent every word that it uses', (file) => {
  const used = [...reached(path.join(app, file))].flatMap((one) =>
    Array.from(readFileSync(one, 'utf8').matchAll(USE), ([, part = '']) => part),
  )
  const sent: string[] = sectionsOf(file).flatMap((section) => WORDS[section])
  expect([...new Set(used)].filter((part) => !sent.includes(part))).toEqual([])
})
