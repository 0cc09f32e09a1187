const REDACTED = '<redacted>'

type Shape = {
  /** What a token of the vendor looks like. */
  token: RegExp
  /** Parameters that are secrets whatever they look like. */
  params: ReadonlySet<string>
}

/** Takes out what must not be shown: secrets that are known, and whatever looks like a token. */
export function createRedactor({ token, params }: Shape) {
  const redact = (text: string, secrets: Iterable<string>): string => {
    let clean = text
    for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED)
    return clean.replace(token, REDACTED)
  }
  // Redacted before it is cut: a secret in two is none that could be found.
  const redactParams = (
    given: ReadonlyMap<string, string>,
    secrets: Iterable<string>,
    maxLength: number,
  ): Record<string, string> => {
    const known = [...secrets]
    const shown = (name: string, value: string) => (params.has(name) ? REDACTED : redact(value, known))
    return Object.fromEntries(
      [...given].map(([name, value]) => [name, shown(name, value).slice(0, maxLength)]),
    )
  }
  return { redact, redactParams }
}
