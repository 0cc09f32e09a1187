import { badParameter } from './graph-error.ts'

/** `messages.limit(5){id,from}` and its like. */
export type Field = { name: string; limit: number | null; fields: Field[] }

const NAME = /^([a-z_]+)((?:\.[a-z]+\([^()]*\))*)(?:\{(.*)\})?$/s
const MAX_DEPTH = 4

export function parseFields(text: string, depth = 0): Field[] {
  if (depth > MAX_DEPTH) throw badParameter('The fields are nested too deeply')
  return splitTop(text).map((part) => {
    const [, name, modifiers = '', inner] = NAME.exec(part) ?? []
    if (name === undefined) throw badParameter(`Syntax error in field expansion: ${part.slice(0, 100)}`)
    const limit = /\.limit\((\d{1,4})\)/.exec(modifiers)?.[1]
    return {
      name,
      limit: limit === undefined ? null : Number(limit),
      fields: inner === undefined ? [] : parseFields(inner, depth + 1),
    }
  })
}

/** The parts between the commas that are in no bracket. */
function splitTop(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const sign of text) {
    if (sign === '{' || sign === '(') depth += 1
    if (sign === '}' || sign === ')') depth -= 1
    if (sign === ',' && depth === 0) {
      parts.push(part)
      part = ''
    } else part += sign
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== '')
}

/** What was asked for, of what there is; what is null is left out, as Graph does. */
export function pick(values: Record<string, unknown>, fields: readonly Field[], node: string): object {
  const asked = fields.map(({ name }) => name)
  const unknown = asked.find((name) => !Object.hasOwn(values, name))
  if (unknown !== undefined) {
    throw badParameter(`Tried accessing nonexisting field (${unknown}) on node type (${node})`)
  }
  return Object.fromEntries(
    [...new Set([...asked, 'id'])]
      .filter((name) => values[name] !== null && values[name] !== undefined)
      .map((name) => [name, values[name]]),
  )
}
