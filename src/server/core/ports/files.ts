/** A part of a file, both ends included, counted from 0. */
export interface FilePart {
  start: number
  end: number
}

/** Where the bytes of attachments are kept, under keys that the core makes: `a-f`, digits and hyphens, then perhaps `.word`. */
export interface Files {
  /** Keeps the bytes, all or none: nobody ever reads a part of them. What stood under the key before is replaced. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** How many bytes there are; null where there is nothing under the key. */
  size(key: string): Promise<number | null>
  /** Reads it piece by piece; fails at the first where there is nothing under the key. */
  read(key: string, part?: FilePart): AsyncIterable<Uint8Array>
  /** Removes it; what is not there is removed already. */
  remove(key: string): Promise<void>
  /** Forgets what was begun before `before` and never ended; answers how many. */
  sweep(before: number): Promise<number>
}
