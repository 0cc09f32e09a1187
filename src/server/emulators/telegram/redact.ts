const REDACTED = '<redacted>'
const TOKEN_SHAPE = /\d{5,}:[A-Za-z0-9_-]{20,}/g
const SECRET_PARAMS = new Set(['secret_token'])

/** Takes out everything that is, or looks like, a bot's token. */
export function redactTokens(text: string, tokens: Iterable<string>): string {
  let clean = text
  for (const token of tokens) clean = clean.replaceAll(token, REDACTED)
  return clean.replace(TOKEN_SHAPE, REDACTED)
}

export function redactParam(name: string, value: string, tokens: Iterable<string>): string {
  return SECRET_PARAMS.has(name) ? REDACTED : redactTokens(value, tokens)
}
