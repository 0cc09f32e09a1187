import { randomUUID } from 'node:crypto'

/** A file of a form, under the name of its field. */
export interface FormFile {
  field: string
  name: string
  mime: string
  size: number
  read(): Promise<AsyncIterable<Uint8Array>>
}

export interface Form {
  contentType: string
  /** Piece by piece; fails where the file is not as long as it says. */
  body: AsyncIterable<Uint8Array>
  /** True once the last byte was handed over: before that, no server has the whole of it. */
  isThrough(): boolean
  /** True where the file itself broke off. */
  failed(): boolean
}

/** A form with one file, as multipart/form-data. Nothing of the file is held but the piece that is on its way. */
export function formWith(params: object, file: FormFile): Form {
  const boundary = `peyk-${randomUUID()}`
  let isThrough = false
  let hasFailed = false
  async function* body(): AsyncIterable<Uint8Array> {
    for (const [name, value] of Object.entries(params)) {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`)
    }
    yield Buffer.from(headOf(file, boundary))
    try {
      yield* whole(file)
    } catch (error) {
      hasFailed = true
      throw error
    }
    isThrough = true
    yield Buffer.from(`\r\n--${boundary}--\r\n`)
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: body(),
    isThrough: () => isThrough,
    failed: () => hasFailed,
  }
}

const headOf = ({ field, name, mime }: FormFile, boundary: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${quotable(name)}"\r\n` +
  `content-type: ${headerText(mime)}\r\n\r\n`

// As browsers spell it; a line break in a name would begin a header of its own.
const quotable = (name: string): string => headerText(name).replaceAll('"', '%22') || 'file'

const headerText = (text: string): string => text.replace(/[\r\n\0]+/g, ' ')

async function* whole({ read, size }: FormFile): AsyncIterable<Uint8Array> {
  let sent = 0
  for await (const piece of await read()) {
    sent += piece.length
    if (sent > size) throw new Error('The file is longer than it says')
    yield piece
  }
  if (sent < size) throw new Error('The file is shorter than it says')
}
