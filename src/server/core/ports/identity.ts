export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes equally long for a wrong password and (with a null hash) for an unknown person. */
  verify(hash: string | null, password: string): Promise<boolean>
}

export interface TokenClaims {
  userId: number
  jti: string
  type: 'access' | 'refresh'
}

/** HS512 tokens with the legacy claims. */
export interface Tokens {
  issue(input: {
    userId: number
    jti: string
    accessExpiresAt: number
    refreshExpiresAt: number
    now: number
  }): Promise<{ access: string; refresh: string }>
  /** `invalid`: malformed, wrongly signed or of the wrong kind; `expired`: well signed and too old. */
  verify(token: string, type: 'access' | 'refresh'): Promise<TokenClaims | 'invalid' | 'expired'>
  digest(text: string): string
  /** The same under a key of the instance: nobody without it can try texts. */
  keyedDigest(text: string): string
}
