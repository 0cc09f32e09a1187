import { z } from 'zod'
import { Instant } from './customer.ts'

/** What a session was opened with, as far as it said so. `program`: no browser. */
export const Device = z.object({
  browser: z.string().nullable(),
  system: z.string().nullable(),
  form: z.enum(['desktop', 'phone', 'tablet', 'program']),
})
export type Device = z.infer<typeof Device>

/** One place where a person is signed in. */
export const AccountSession = z.object({
  id: z.uuid(),
  kind: z.enum(['console', 'api']),
  device: Device,
  /** What the device says of itself, as it said it. */
  userAgent: z.string(),
  address: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  /** The one that asks. */
  isThis: z.boolean(),
})
export type AccountSession = z.infer<typeof AccountSession>
