const ESCAPED = /[/<>%@&'\u0080-\uffff]/g

/**
 * JSON in Meta's spelling: non-ASCII as lowercase \uXXXX, slashes escaped. It means the same, but whoever
 * parses and writes it again gets other bytes, under which the signature does not hold.
 */
export function toMetaJson(value: unknown): string {
  return JSON.stringify(value).replace(ESCAPED, (sign) => (sign === '/' ? '\\/' : escaped(sign)))
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}
