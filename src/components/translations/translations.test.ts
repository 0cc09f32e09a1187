import { readdirSync, readFileSync } from 'node:fs'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { expect, test } from 'vitest'

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.en.json'))
  .map((file) => file.replace('.en.json', ''))

const load = (name: string, locale: 'fa' | 'en'): Map<string, string> =>
  new Map(flatten(JSON.parse(readFileSync(new URL(`${name}.${locale}.json`, import.meta.url), 'utf8'))))

const flatten = (node: unknown, path = ''): [string, string][] => {
  if (typeof node === 'string') return [[path, node]]
  return Object.entries(node as object).flatMap(([key, child]) =>
    flatten(child, path ? `${path}.${key}` : key),
  )
}

/** Everything a caller must hand to a message: variables with their kind, and tags. */
const needs = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    const own = `${TYPE[element.type]} ${element.value}`
    if (element.type === TYPE.tag) return [own, ...needs(element.children)]
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [own]
    return [own, ...Object.values(element.options).flatMap((option) => needs(option.value))]
  })

const needsOf = (message: string) => [...new Set(needs(parse(message)))].sort()

test('there are translations to compare', () => {
  expect(names).toEqual(expect.arrayContaining(['console', 'site']))
})

test.each(names)('%s says the same things in both languages', (name) => {
  const [fa, en] = [load(name, 'fa'), load(name, 'en')]
  expect([...fa.keys()].sort()).toEqual([...en.keys()].sort())
})

test.each(names)('%s needs the same values in both languages', (name) => {
  const [fa, en] = [load(name, 'fa'), load(name, 'en')]
  const differing = [...en].filter(
    ([key, message]) => `${needsOf(message)}` !== `${needsOf(fa.get(key) ?? '')}`,
  )
  expect(differing.map(([key]) => key)).toEqual([])
})

test('no namespace is in two files, where one would hide the other', () => {
  const namespaces = names.flatMap((name) => [
    ...new Set([...load(name, 'en').keys()].map((key) => key.split('.')[0])),
  ])
  expect(namespaces).toHaveLength(new Set(namespaces).size)
})

test.each(names)('no message of %s is empty', (name) => {
  const empty = [...load(name, 'fa'), ...load(name, 'en')].filter(([, message]) => message.trim() === '')
  expect(empty).toEqual([])
})

// Arabic yeh and kaf look like the Persian letters and are not found by a search for them; so with Arabic digits.
test.each(names)('%s is written with Persian letters and digits', (name) => {
  const foreign = [...load(name, 'fa')].filter(([, message]) =>
    /[\u0643\u064a\u0649\u0660-\u0669]/.test(message),
  )
  expect(foreign).toEqual([])
})

// The prefix می and the plural ها are joined by a zero-width non-joiner, not by a space.
test.each(names)('%s joins Persian affixes without a space', (name) => {
  const loose = [...load(name, 'fa')].filter(([, message]) =>
    /(^|\s)(ن?می|ها|های|هایی|هایتان)\s/.test(message),
  )
  expect(loose).toEqual([])
})
