import { readFileSync } from 'node:fs'
import path from 'node:path'

const folder = path.resolve(import.meta.dirname, '../../src/components/translations')

/** What the pages say in a language, by its key. */
export function wordsOf(language: 'fa' | 'en'): (key: string) => string {
  const words: unknown = JSON.parse(readFileSync(path.join(folder, `site.${language}.json`), 'utf8'))
  return (key) => {
    const found = key
      .split('.')
      .reduce((node: unknown, part) => (node as Record<string, unknown>)?.[part], words)
    if (typeof found !== 'string') throw new Error(`Nothing is said under ${key}.`)
    return found
  }
}
