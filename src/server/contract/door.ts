import type { ErrorCode } from './error.ts'

/** What a sign-in gives to the console's cookie. */
export interface DoorIdentity {
  userId: number
  sessionId: string
  name: string
  email: string
  locale: 'fa' | 'en'
}

export interface DoorSession extends DoorIdentity {
  workspaceId: number
}

/** Why a refusal that has a code of its own is told apart from others of that code. */
export const DOOR_REASONS = ['otp_required', 'otp_invalid', 'setup_code'] as const
export type DoorReason = (typeof DOOR_REASONS)[number]

export interface DoorRefusal {
  ok: false
  code: ErrorCode
  message: string
  reason?: DoorReason | undefined
}

export type DoorResult<T> = { ok: true; value: T } | DoorRefusal

/**
 * The only way from Next's module graph to the core: plain data in, plain data out. `sessionId` is the id that the
 * cookie's token carries; `headers` are those of the request that Next is answering.
 */
export interface Door {
  signIn(input: {
    login: string
    password: string
    /** The second factor, once it was asked for. */
    otp?: string | undefined
    userAgent: string
    address: string
  }): Promise<DoorResult<DoorIdentity>>
  register(input: {
    username: string
    email: string
    password: string
    firstName: string
    lastName: string
    /** Makes the account the instance's administrator, where there is none. */
    setupCode?: string | undefined
    userAgent: string
    address: string
  }): Promise<DoorResult<DoorIdentity>>
  /** True while the instance waits for somebody with a setup code. */
  isSetupOpen(): Promise<boolean>
  signOut(sessionId: string): Promise<void>
  session(sessionId: string): Promise<DoorSession | null>
  /** Whose password a link sets; null where the link is not live. */
  resetLink(token: string): Promise<{ email: string } | null>
  /** Names and switches the pages need before anybody is signed in. */
  about(): {
    demo: { login: string; password: string } | null
    simulator: boolean
    registration: boolean
    /** The name of the console's cookie. */
    sessionCookie: string
  }
}

export const DOOR = Symbol.for('peyk.door')
