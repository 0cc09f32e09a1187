import type { WatchedMember } from '../ports/live.ts'
import type { Standing } from '../ports/sign-ins.ts'

/** Whether a person still is in each workspace what they were. One they have come into since takes nothing away. */
export const hasKept = (before: WatchedMember['workspaces'], now: Standing[]): boolean =>
  before.every(({ id, role }) => now.some((one) => one.workspaceId === id && one.role === role))
