import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { ControlError, notFound } from '../../control-error.ts'
import type { Media } from './samples.ts'
import type { Surroundings } from './surroundings.ts'

/** Files behind links that expire: what was uploaded for later, and the assets that messages show. */
export class MediaStore {
  readonly #surroundings: Surroundings
  readonly #key = randomBytes(32)
  readonly #uploads = new Map<string, Media>()
  readonly #assets = new Map<string, Media>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  get uploads(): number {
    return this.#uploads.size
  }

  upload(media: Media): string {
    if (this.#uploads.size >= this.#surroundings.limits.maxUploads) {
      throw new ControlError(503, 'too_many_uploads', 'there is no room for more uploads')
    }
    const id = newId()
    this.#uploads.set(id, media)
    return id
  }

  getUpload(mediaId: string): Media {
    const media = this.#uploads.get(mediaId)
    if (!media) throw notFound('media')
    return media
  }

  /** Publishes the file for one message. */
  publish(media: Media): string {
    const id = newId()
    this.#assets.set(id, media)
    const [oldest] = this.#assets.keys()
    if (this.#assets.size > this.#surroundings.limits.maxAssets && oldest !== undefined) {
      this.#assets.delete(oldest)
    }
    return id
  }

  withdraw(assetId: string): void {
    this.#assets.delete(assetId)
  }

  findAsset(assetId: string): Media | null {
    return this.#assets.get(assetId) ?? null
  }

  /** A link to the asset that is good from now on, for a while. */
  link(assetId: string): string {
    const { clock, cdnLifeMs, origin } = this.#surroundings
    const expiry = Math.floor((clock.now() + cdnLifeMs) / 1000).toString(16)
    return `${origin()}/cdn/${assetId}?oe=${expiry}&oh=${this.#sign(assetId, expiry)}`
  }

  isGood(assetId: string, { expiry, signature }: { expiry: string; signature: string }): boolean {
    const expected = Buffer.from(this.#sign(assetId, expiry))
    const given = Buffer.from(signature)
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false
    return Number.parseInt(expiry, 16) * 1000 > this.#surroundings.clock.now()
  }

  clear(): void {
    this.#uploads.clear()
    this.#assets.clear()
  }

  #sign(assetId: string, expiry: string): string {
    return createHmac('sha256', this.#key).update(`${assetId}.${expiry}`).digest('base64url')
  }
}

function newId(): string {
  return randomBytes(12).toString('hex')
}
