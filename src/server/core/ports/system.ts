/** The core's clock: milliseconds since 1970, and timers that tests can move. */
export interface Clock {
  now(): number
}

export interface Log {
  info(fields: object, sentence: string): void
  warn(fields: object, sentence: string): void
  error(fields: object, sentence: string): void
}

export interface Ids {
  /** Ten unguessable characters over `\w`, for conversations and messages. */
  short(): string
  uuid(): string
  /** 24 characters that are hard to misread, 120 bits: a code that somebody may have to type. */
  code(): string
  /** A URL-safe secret of 256 bits. */
  secret(): string
}
