/** What keeps the product from starting; the sentence is shown to the operator as it is, `code` tells errors apart. */
export type StartErrorCode =
  | 'unusable_data_dir'
  | 'database_unavailable'
  | 'bad_locale'
  | 'migration_failed'
  | 'wrong_encryption_key'

export function startError(code: StartErrorCode, sentence: string, cause?: unknown): Error {
  return Object.assign(new Error(sentence, { cause }), { code })
}

export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
