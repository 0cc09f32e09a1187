/** A file in a multipart form. */
export type UploadedFile = { name: string; mime: string; bytes: Buffer }

const NO_FILES: ReadonlyMap<string, UploadedFile> = new Map()

/** A call's parameters, text but for the files, read as leniently as Telegram reads them. */
export class Params {
  readonly #values: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, UploadedFile>

  constructor(values: ReadonlyMap<string, string>, files = NO_FILES) {
    this.#values = values
    this.files = files
  }

  get values(): ReadonlyMap<string, string> {
    return this.#values
  }

  text(name: string): string {
    return this.#values.get(name) ?? ''
  }

  flag(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.text(name).toLowerCase())
  }

  /** What is not a number is the default; what is out of range is brought into it. */
  integer(name: string, fallback: number, [min, max]: readonly [number, number]): number {
    const value = /^-?\d+$/.test(this.text(name)) ? Number(this.text(name)) : fallback
    return Math.min(max, Math.max(min, value))
  }

  id(name: string): number {
    return this.integer(name, 0, [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER])
  }

  /** The parameter as JSON; undefined when it is absent, an Error when it cannot be read. */
  json(name: string): unknown {
    const text = this.text(name)
    if (text === '') return undefined
    try {
      return JSON.parse(text)
    } catch {
      return new Error('unreadable')
    }
  }
}
