import pino from 'pino'
import type { Log } from './core/ports/system.ts'

const SECRETS = /(\/bot)\d+:[\w-]+|(token=)[^&\s"]+|(Bearer )[\w.~+/-]+=*|\b\d{6,20}:[A-Za-z0-9_-]{30,}/g

/** Removes tokens from a text: in URLs, in headers, and bare ones of bots. */
export const redact = (text: string): string =>
  text.replace(
    SECRETS,
    (_all, ...groups: unknown[]) =>
      `${groups.find((g) => typeof g === 'string' && /bot|token|Bearer/.test(g)) ?? ''}[redacted]`,
  )

/** One JSON line per entry on standard output, without tokens. */
export function createLog(level: string): Log {
  const logger = pino({
    level,
    base: null,
    serializers: { err: (error: unknown) => redactError(error) },
    hooks: {
      logMethod(args, method) {
        const [fields, sentence] = args as unknown as [object, string]
        method.call(this, fields, redact(sentence))
      },
    },
  })
  return {
    info: (fields, sentence) => logger.info(fields, sentence),
    warn: (fields, sentence) => logger.warn(fields, sentence),
    error: (fields, sentence) => logger.error(fields, sentence),
  }
}

const redactError = (error: unknown) =>
  error instanceof Error
    ? {
        type: error.name,
        message: redact(error.message),
        stack: redact(error.stack ?? ''),
        code: 'code' in error ? error.code : undefined,
      }
    : redact(String(error))
