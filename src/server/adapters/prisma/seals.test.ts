import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { SEALED_COLUMNS } from './seals.ts'

it('knows every column into which a store seals', () => {
  const stores = readdirSync(import.meta.dirname).filter(
    (name) => /^[\w-]+\.ts$/.test(name) && name !== 'seals.ts',
  )
  const texts = stores.map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8'))
  const columns = texts.flatMap((text) =>
    [...text.matchAll(/(\w+): cipher\.seal\(/g)].map(([, column]) => column),
  )
  expect(columns.sort()).toEqual(SEALED_COLUMNS.map(({ column }) => column).sort())
  expect(texts.join('').split('cipher.seal(')).toHaveLength(SEALED_COLUMNS.length + 1)
})
