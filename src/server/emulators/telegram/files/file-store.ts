import { randomBytes } from 'node:crypto'
import { ControlError, invalidInput, notFound } from '../../control-error.ts'
import type { EmulatorLimits } from '../limits.ts'
import type { FileAccount, FileFacts, NewFile } from '../message-types.ts'
import { imageSize } from './image-size.ts'
import { SAMPLES } from './samples.ts'
import { sniffMime } from './sniff.ts'

/** What is known of a file; its bytes are in the store under the key. `epoch` tells stores apart. */
export type StoredFile = FileAccount & { epoch: string }

/** The files of all bots and users. */
export class FileStore {
  readonly #limits: EmulatorLimits
  readonly #epoch = randomBytes(6).toString('hex')
  readonly #files = new Map<number, { file: StoredFile; bytes: Buffer }>()
  #totalBytes = 0
  #lastKey = 0

  constructor(limits: EmulatorLimits) {
    this.#limits = limits
  }

  get epoch(): string {
    return this.#epoch
  }

  put(bytes: Buffer, facts: FileFacts = {}): StoredFile {
    if (bytes.length > this.#limits.maxUploadBytes) {
      throw new ControlError(413, 'too_large', `the file is longer than ${this.#limits.maxUploadBytes} bytes`)
    }
    this.#lastKey += 1
    const file = { ...readFacts(bytes, facts), fileKey: this.#lastKey, epoch: this.#epoch }
    this.#files.set(file.fileKey, { file, bytes })
    this.#totalBytes += bytes.length
    this.#makeRoom()
    return file
  }

  /** The file that a customer sends. */
  take(source: NewFile): StoredFile {
    const { sample, base64, fileKey, ...facts } = source
    if ([sample, base64, fileKey].filter((given) => given !== undefined).length !== 1) {
      throw invalidInput('file must name one of sample, base64 and fileKey')
    }
    if (sample !== undefined) {
      const { base64: bytes, ...known } = SAMPLES[sample]
      return this.put(Buffer.from(bytes, 'base64'), { ...known, ...facts })
    }
    if (base64 !== undefined) return this.put(Buffer.from(base64, 'base64'), facts)
    const { file, bytes } = this.get(fileKey ?? 0)
    const { name, ...known } = file
    const isNew = Object.keys(facts).length > 0
    return isNew ? this.put(bytes, { ...known, ...(name === null ? {} : { name }), ...facts }) : file
  }

  get(fileKey: number): { file: StoredFile; bytes: Buffer } {
    const found = this.#files.get(fileKey)
    if (!found) throw notFound('file')
    return found
  }

  find(fileKey: number): { file: StoredFile; bytes: Buffer } | null {
    return this.#files.get(fileKey) ?? null
  }

  clear(): void {
    this.#files.clear()
    this.#totalBytes = 0
  }

  #makeRoom(): void {
    const { maxFiles, maxFilesBytes } = this.#limits
    for (const [key, { bytes }] of this.#files) {
      if (this.#files.size <= maxFiles && this.#totalBytes <= maxFilesBytes) return
      this.#files.delete(key)
      this.#totalBytes -= bytes.length
    }
  }
}

export function fileAccount({ epoch: _, ...account }: StoredFile): FileAccount {
  return account
}

function readFacts(bytes: Buffer, facts: FileFacts): Omit<FileAccount, 'fileKey'> {
  const mime = facts.mime ?? sniffMime(bytes) ?? 'application/octet-stream'
  const seen = imageSize(bytes, sniffMime(bytes) ?? '')
  return {
    name: facts.name ?? null,
    mime,
    size: Math.max(facts.size ?? 0, bytes.length),
    width: facts.width ?? seen?.width ?? 0,
    height: facts.height ?? seen?.height ?? 0,
    duration: facts.duration ?? 0,
  }
}
