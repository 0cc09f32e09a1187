import { z } from 'zod'
import { codePoints, isUnstorable } from './characters.ts'

/** A text that can be stored byte-exact, of at most `max` code points. */
export const storableText = (max: number) =>
  z
    .string()
    .refine((text) => !isUnstorable(text), 'Text contains characters that cannot be stored')
    .refine((text) => codePoints(text) <= max, `Text is longer than ${max} characters`)
