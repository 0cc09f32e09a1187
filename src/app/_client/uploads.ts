import type { Attachment } from '../../server/contract/attachment.ts'
import { MAX_ATTACHMENTS, MAX_FILE_BYTES } from '../../server/contract/limits.ts'
import { type Sending, type UploadError, UploadFailed } from './send-file.ts'
import { Store } from './store.ts'

/** A file that is to be sent with the next message of a conversation. */
export interface Upload {
  key: string
  conversationId: string
  name: string
  size: number
  /** From 0 to 1. */
  progress: number
  state: 'uploading' | 'ready' | 'failed'
  /** Why it failed; what can be tried again is `network`, `rate_limited`, `unavailable` and `internal`. */
  error: UploadError | null
  attachment: Attachment | null
}

interface Options {
  send: (file: File, conversationId: string, onProgress: (share: number) => void) => Sending
  /** Lets go of a file that is on the server already. */
  discard: (id: string) => void
}

/** Why a file is not even tried; null where it is. */
type Refuse = (file: File) => UploadError | null

const FINAL: readonly (UploadError | null)[] = ['too_large', 'invalid_input', 'not_found', 'forbidden']

export const canRetry = ({ state, error }: Upload): boolean => state === 'failed' && !FINAL.includes(error)

/** Files on their way to the server, until a message takes them along. They stay when another conversation is opened. */
export class Uploads {
  readonly entries = new Store<readonly Upload[]>([])
  readonly #options: Options
  readonly #files = new Map<string, File>()
  readonly #underWay = new Map<string, Sending>()

  constructor(options: Options) {
    this.#options = options
  }

  /** Begins with as many of the files as a message takes; answers how many were too many. */
  add(conversationId: string, files: readonly File[], refuse: Refuse = () => null): number {
    const held = this.entries.get().filter((entry) => entry.conversationId === conversationId).length
    const taken = files.slice(0, Math.max(0, MAX_ATTACHMENTS - held))
    for (const file of taken) this.#begin(conversationId, file, refuse(file))
    return files.length - taken.length
  }

  retry(key: string): void {
    const [entry, file] = [this.#find(key), this.#files.get(key)]
    if (!entry || !file) return
    this.#change(key, { state: 'uploading', progress: 0, error: null })
    void this.#run(entry, file)
  }

  /** Takes one away, wherever it is. */
  remove(key: string): void {
    const entry = this.#find(key)
    this.#underWay.get(key)?.abort()
    if (entry?.attachment) this.#options.discard(entry.attachment.id)
    this.#forget([key])
  }

  /** The files of a conversation's next message, which takes them along. */
  take(conversationId: string): Attachment[] {
    const ready = this.entries
      .get()
      .filter((entry) => entry.conversationId === conversationId && entry.attachment !== null)
    this.#forget(ready.map(({ key }) => key))
    return ready.flatMap(({ attachment }) => attachment ?? [])
  }

  close(): void {
    for (const sending of this.#underWay.values()) sending.abort()
  }

  #begin(conversationId: string, file: File, refused: UploadError | null) {
    const error = file.size > MAX_FILE_BYTES ? 'too_large' : refused
    const entry: Upload = {
      key: crypto.randomUUID(),
      conversationId,
      name: file.name,
      size: file.size,
      progress: 0,
      state: error ? 'failed' : 'uploading',
      error,
      attachment: null,
    }
    this.entries.set((entries) => [...entries, entry])
    if (entry.state === 'failed') return
    this.#files.set(entry.key, file)
    void this.#run(entry, file)
  }

  async #run({ key, conversationId }: Upload, file: File) {
    const sending = this.#options.send(file, conversationId, (progress) => this.#change(key, { progress }))
    this.#underWay.set(key, sending)
    try {
      const attachment = await sending.done
      if (!this.#find(key)) return this.#options.discard(attachment.id)
      this.#change(key, { state: 'ready', progress: 1, attachment })
      this.#files.delete(key)
    } catch (error) {
      this.#change(key, { state: 'failed', error: error instanceof UploadFailed ? error.code : 'internal' })
    } finally {
      this.#underWay.delete(key)
    }
  }

  #find(key: string) {
    return this.entries.get().find((entry) => entry.key === key)
  }

  #change(key: string, change: Partial<Upload>) {
    this.entries.set((entries) =>
      entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)),
    )
  }

  #forget(keys: readonly string[]) {
    for (const key of keys) this.#files.delete(key)
    this.entries.set((entries) => entries.filter(({ key }) => !keys.includes(key)))
  }
}
