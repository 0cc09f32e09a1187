import { redact } from './redact.ts'

const MAX_DEPTH = 6
const MAX_ENTRIES = 50
const GONE = '[redacted]'

const SECRET_NAME =
  /pass(word|wd|phrase)|^pwd$|secret|token|authorization|cookie|credential|api[-_]?key|encryption|^key$|^hash$|otp|recovery/i
/** What drivers hang on their errors: Redis the arguments of AUTH, PostgreSQL and Prisma the values of a statement. */
const ARGUMENTS = /^(args|params|parameters|bindings|values)$/i

/** What a log line may show of a value: bounded, without loops, secrets neither by their name nor by their look. */
export function redactValue(value: unknown, name = '', above: readonly object[] = []): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  if (SECRET_NAME.test(name) || ARGUMENTS.test(name)) return value === undefined ? value : GONE
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'object' ? redactObject(value, above) : undefined
}

function redactObject(value: object, above: readonly object[]): unknown {
  if (above.includes(value)) return '[circular]'
  if (above.length >= MAX_DEPTH) return '[deeper]'
  const here = [...above, value]
  if (value instanceof Error) return redactError(value, here)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof URL) return redact(value.href)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((one) => redactValue(one, '', here))
  return redactFields(value, here)
}

const redactFields = (value: object, here: readonly object[]) =>
  Object.fromEntries(
    Object.keys(value)
      .slice(0, MAX_ENTRIES)
      .map((name) => [redact(name), redactValue(read(value, name), name, here)]),
  )

/** An error with what it carries and what caused it: not all of that is enumerable. */
function redactError(error: Error, here: readonly object[]) {
  const { name, message, stack } = error
  return {
    type: redact(String(name)),
    message: redact(String(message)),
    stack: redact(String(stack ?? '')),
    ...redactFields(error, here),
    ...(error.cause !== undefined && { cause: redactValue(error.cause, '', here) }),
    ...(error instanceof AggregateError && { errors: redactValue(error.errors, '', here) }),
  }
}

function read(value: object, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name]
  } catch {
    return '[unreadable]'
  }
}
