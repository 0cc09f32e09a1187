import type { z } from 'zod'
import { Refusal, refuse } from './exchange.ts'

/** The body as its schema has it, or a Refusal with the legacy service's errors by field. */
export function parseBody<T>(schema: z.ZodType<T>, body: object): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const fields: Record<string, string[]> = {}
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0] ?? 'non_field_errors')
    fields[name] = [path.length === 0 || name in body ? message : 'This field is required.']
  }
  throw new Refusal({ status: 400, body: fields })
}

/** The integer id in a path; what is none names nothing. */
export function idOf(part: string | undefined, noun: string): number {
  if (!part || !/^\d{1,9}$/.test(part)) throw refuse(404, `${noun} not found`, 'NOT_FOUND')
  return Number(part)
}
