/** A picture of which only the picture is left: upright, without place, time and device. */
export interface CleanPicture {
  bytes: Uint8Array
  mime: string
  width: number
  height: number
  isAnimated: boolean
  /** A small still of it, as webp. */
  thumb: Uint8Array
}

/** What files are, said by their bytes alone. */
export interface Media {
  /** The type of a file by its first bytes; null where they say nothing. */
  sniff(head: Uint8Array): Promise<string | null>
  /** True of the types that `clean` understands. */
  isPicture(mime: string): boolean
  /**
   * Cleans a picture of one of those types; few at once, others wait before they read. Errors: too_large (more pixels than
   * are decoded), invalid_input (no such picture).
   */
  clean(bytes: AsyncIterable<Uint8Array>, mime: string): Promise<CleanPicture>
}
