import type { NewFault } from '../control-types.ts'
import { invalidInput } from './control-error.ts'

/** A request's JSON object or query, read member by member; what does not fit is an error that names it. */
export class Input {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: unknown) {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      throw invalidInput('the body must be a JSON object')
    }
    this.#values = values as Record<string, unknown>
  }

  text(name: string): string {
    return this.optionalText(name) ?? missing(name, 'text')
  }

  optionalText(name: string): string | undefined {
    return this.#optional(name, 'text', (value): value is string => typeof value === 'string')
  }

  integer(name: string): number {
    return this.optionalInteger(name) ?? missing(name, 'a whole number')
  }

  optionalInteger(name: string): number | undefined {
    return this.#optional(name, 'a whole number', (value): value is number => Number.isSafeInteger(value))
  }

  flag(name: string): boolean {
    return this.optionalFlag(name) ?? missing(name, 'true or false')
  }

  optionalFlag(name: string): boolean | undefined {
    return this.#optional(name, 'true or false', (value): value is boolean => typeof value === 'boolean')
  }

  texts(name: string): string[] {
    const isTexts = (value: unknown): value is string[] =>
      Array.isArray(value) && value.every((member) => typeof member === 'string')
    return this.#optional(name, 'a list of texts', isTexts) ?? missing(name, 'a list of texts')
  }

  optionalObject(name: string): Input | undefined {
    const value = this.#values[name]
    return value === undefined || value === null ? undefined : new Input(value)
  }

  #optional<Value>(
    name: string,
    expected: string,
    fits: (value: unknown) => value is Value,
  ): Value | undefined {
    const value = this.#values[name]
    if (value === undefined || value === null) return undefined
    return fits(value) ? value : missing(name, expected)
  }
}

export function readFault(input: Input): NewFault {
  const aim = {
    botId: input.optionalInteger('botId'),
    chatId: input.optionalInteger('chatId'),
    method: input.optionalText('method'),
    times: input.optionalInteger('times'),
  }
  const kind = input.text('kind')
  if (kind === 'hang' || kind === 'drop-after') return { ...aim, kind }
  if (kind === 'delay') return { ...aim, kind, ms: input.integer('ms') }
  if (kind !== 'status') throw invalidInput('kind must be status, hang, drop-after or delay')
  const parameters = input.optionalObject('parameters')
  return {
    ...aim,
    kind,
    status: input.integer('status'),
    description: input.text('description'),
    ...(parameters ? { parameters: readParameters(parameters) } : {}),
  }
}

function readParameters(input: Input) {
  const retry_after = input.optionalInteger('retry_after')
  const migrate_to_chat_id = input.optionalInteger('migrate_to_chat_id')
  return {
    ...(retry_after === undefined ? {} : { retry_after }),
    ...(migrate_to_chat_id === undefined ? {} : { migrate_to_chat_id }),
  }
}

function missing(name: string, expected: string): never {
  throw invalidInput(`${name} must be ${expected}`)
}
