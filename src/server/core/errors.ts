import type { ErrorCode } from '../contract/error.ts'

/** A refusal with a reason. `message` is safe to show to whoever asked; `cause` is for the log only. */
export class DomainError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
  }
}

/** Recognised by name and code: a class that is bundled twice fails `instanceof`. */
export const isDomainError = (error: unknown): error is DomainError =>
  error instanceof Error && error.name === 'DomainError' && 'code' in error
