import pino, { type DestinationStream } from 'pino'
import type { Log } from './core/ports/system.ts'
import { redact } from './redact.ts'
import { redactValue } from './redact-value.ts'

/** One JSON line per entry on standard output. Nothing gets into a line but through the redaction. */
export function createLog(
  level: string,
  to: DestinationStream = pino.destination({ fd: 1, sync: true }),
): Log {
  const logger = pino({ level, base: null, serializers: { err: (shown: unknown) => shown } }, to)
  const at = (name: keyof Log) => (fields: object, sentence: string) => {
    if (logger.isLevelEnabled(name)) logger[name](redactValue(fields) as object, redact(sentence))
  }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}
