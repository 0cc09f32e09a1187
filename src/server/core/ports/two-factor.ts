/** Codes by time (RFC 6238). A step is the number of 30-second spans since 1970; every step has one code of six digits. */
export interface Authenticator {
  /** A new secret in base32, as authenticator apps take it. */
  newSecret(): string
  /** What an app reads from a QR code. */
  uri(secret: string, account: string): string
  /** The step, at most one away from now, whose code this is; null where it is none. */
  stepOf(secret: string, code: string, now: number): number | null
}

export interface SecondFactor {
  userId: number
  secret: string
  /** False until a first code has shown that the person's app knows the secret: it is asked for by nobody before. */
  isConfirmed: boolean
  /** How many recovery codes are left. */
  recoveryLeft: number
}

/** People's second factors. What is spent is spent once, whoever else tries at the same moment. */
export interface SecondFactors {
  find(userId: number): Promise<SecondFactor | null>
  /** Keeps a secret that is to be confirmed, in place of an earlier one; false where the person's factor counts already. */
  begin(userId: number, secret: string): Promise<boolean>
  /** Makes this very secret count, its first code spent; false where it is no longer the one to be confirmed. */
  confirm(userId: number, proof: { secret: string; step: number; recovery: string[] }): Promise<boolean>
  /** Spends the code of a step; false where that code or a later one was spent before. */
  spendStep(userId: number, step: number): Promise<boolean>
  /** Spends a recovery code; false where there is no such code. */
  spendRecovery(userId: number, digest: string): Promise<boolean>
  /** Puts new recovery codes in place of all that are left. */
  replaceRecovery(userId: number, digests: string[]): Promise<void>
  /** False where there was none. */
  remove(userId: number): Promise<boolean>
}
