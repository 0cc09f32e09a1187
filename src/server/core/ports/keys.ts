import type { ApiKey, KeyScope } from '../../contract/account.ts'
import type { UserRow } from './accounts.ts'

export interface StoredKey extends ApiKey {
  workspaceId: number
  userId: number
}

/** Programs' ways in. */
export interface ApiKeys {
  create(key: {
    workspaceId: number
    userId: number
    name: string
    prefix: string
    hash: string
    scopes: KeyScope[]
    expiresAt: number | null
  }): Promise<ApiKey>
  /** Those that are not revoked. */
  list(workspaceId: number): Promise<ApiKey[]>
  /** The live key with this hash, and who made it as far as they are still a member; notes that it was used. */
  use(
    hash: string,
  ): Promise<{ key: StoredKey; user: UserRow; workspace: { id: number; name: string } } | null>
  /** False where there is no such key. */
  revoke(workspaceId: number, id: number): Promise<boolean>
  /** Whether the workspace wants the bot to answer, and whether a live key with the scope `ai` may. */
  bot(workspaceId: number): Promise<{ isOn: boolean; hasKey: boolean }>
  setBot(workspaceId: number, isOn: boolean): Promise<void>
}
