import { invalidInput } from '../../control-error.ts'

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

  number(name: string): number {
    return this.optionalNumber(name) ?? missing(name, 'a number')
  }

  optionalNumber(name: string): number | undefined {
    return this.#optional(name, 'a number', (value): value is number => Number.isFinite(value))
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

  inputs(name: string): Input[] {
    const isList = (value: unknown): value is unknown[] => Array.isArray(value)
    const members = this.#optional(name, 'a list', isList) ?? missing(name, 'a list')
    return members.map((member) => new Input(member))
  }

  /** The member as it is, whatever it holds. */
  optionalRecord(name: string): Record<string, unknown> | undefined {
    const input = this.optionalObject(name)
    return input === undefined ? undefined : { ...input.#values }
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

function missing(name: string, expected: string): never {
  throw invalidInput(`${name} must be ${expected}`)
}
