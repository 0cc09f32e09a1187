const REDACTED = '<redacted>'
const TOKEN_SHAPE = /\bIGAA[A-Za-z0-9_-]{20,}/g
const SECRET_PARAMS = new Set(['access_token', 'client_secret', 'appsecret_proof'])

/** Takes out everything that is, or looks like, a token or the app's secret. */
export function redactSecrets(text: string, secrets: Iterable<string>): string {
  let clean = text
  for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED)
  return clean.replace(TOKEN_SHAPE, REDACTED)
}

export function redactParam(name: string, value: string, secrets: Iterable<string>): string {
  return SECRET_PARAMS.has(name) ? REDACTED : redactSecrets(value, secrets)
}
