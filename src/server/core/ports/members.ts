import type { Role } from '../../contract/account.ts'

interface Membership {
  workspaceId: number
  userId: number
  /** What they were when it was decided; where they are no longer, nothing is done. */
  from: Role
}

/** Who is what in a workspace. A change of it voids the person's password link. */
export interface Members {
  /** False where they are not `from` any more. Throws conflict where nobody would own the workspace. */
  setRole(change: Membership & { to: Role }): Promise<boolean>
  /**
   * Removes them: their conversations are nobody's, their keys are revoked; whoever has no workspace left gets `home`.
   * Answers and throws as `setRole`.
   */
  removeMember(removal: Membership & { home: { name: string; epoch: string } }): Promise<boolean>
  /** Whether they are of another workspace that holds anything or that others are in. */
  worksElsewhere(userId: number, workspaceId: number): Promise<boolean>
}
