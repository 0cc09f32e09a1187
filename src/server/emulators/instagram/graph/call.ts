import type { GraphOp } from '../call-types.ts'
import type { Account } from '../world/account.ts'
import type { TokenRecord } from '../world/tokens.ts'
import type { World } from '../world/world.ts'
import type { Params } from './params.ts'

/** Where a request goes. `id` is the object in the path; `me` is already put in its place. */
export type Target = { op: GraphOp; id: string; verb: string }

/** One call of the Graph API with a good token. */
export type Call = { world: World; account: Account; token: TokenRecord; params: Params; target: Target }

/** `after` runs when the answer is gone, or its connection is. */
export type Answer = { body: object; after?: () => void }
