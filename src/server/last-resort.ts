import { redactWhole } from './redact.ts'
import { redactValue } from './redact-value.ts'

type Write = typeof process.stdout.write

/**
 * What libraries print by themselves is redacted as our own log is, and an error that nobody caught ends the process, as
 * it would by itself, but without its secrets. Nothing is saved then: what was acknowledged is stored, and a process in
 * an unknown state is better started anew.
 */
export function guardProcess() {
  for (const stream of [process.stdout, process.stderr]) stream.write = redacting(stream.write.bind(stream))
  process.on('uncaughtException', (error) => die('An error that nobody caught', error))
  process.on('unhandledRejection', (reason) => die('A rejection that nobody caught', reason))
}

function die(what: string, error: unknown) {
  try {
    printError(`${what} ends the process`, error)
  } finally {
    process.exit(1)
  }
}

/** One line on standard error: a sentence, then what is known of the error. */
export const printError = (sentence: string, error: unknown) =>
  console.error(`${sentence}: ${JSON.stringify(redactValue(error))}`)

const redacting = (write: Write): Write =>
  ((chunk: string | Uint8Array, ...rest: never[]) =>
    write(
      redactWhole(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')),
      ...rest,
    )) as Write
