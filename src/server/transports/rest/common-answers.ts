import { z } from 'zod'
import { RestError } from '../../contract/rest.ts'

const Detail = z.object({ detail: z.string() })

/** Refusals that any path may answer, by status. */
export const COMMON_ANSWERS: Record<number, z.ZodType> = {
  400: RestError,
  401: Detail,
  403: RestError,
  404: Detail,
  405: Detail,
  413: RestError,
  415: RestError,
  500: z.strictObject({ error: z.string(), error_code: z.literal('INTERNAL_ERROR'), details: z.null() }),
  503: RestError,
}
