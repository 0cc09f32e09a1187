import { z } from 'zod'
import { MAX_CODE } from './account.ts'
import { TypedPassword as password } from './password.ts'

/** How many recovery codes somebody is given at once. */
export const RECOVERY_CODES = 10

const code = z.string().min(1).max(MAX_CODE)

export const TwoFactor = z.object({
  isOn: z.boolean(),
  recoveryLeft: z.number().int().min(0).max(RECOVERY_CODES),
})
export type TwoFactor = z.infer<typeof TwoFactor>

export const ProvePassword = z.object({ password })
export const ProveCode = z.object({ code })
export const ProveBoth = z.object({ password, code })
export type ProveBoth = z.infer<typeof ProveBoth>

/** What an authenticator app is given: as text to type, and as the address that a QR code carries. */
export const Enrolment = z.object({ secret: z.string(), uri: z.string() })
export type Enrolment = z.infer<typeof Enrolment>

export const RecoveryCodes = z.object({ codes: z.array(z.string()).length(RECOVERY_CODES) })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>
