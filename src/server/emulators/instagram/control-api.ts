import type { CallFilter, CallPage, Fault, NewFault } from './call-types.ts'
import type {
  Account,
  AccountChange,
  AppState,
  CallbackResult,
  CreatedAccount,
  Customer,
  CustomerChange,
  Delivery,
  DeliverySettings,
  EmulatorState,
  IssuedToken,
  MessageTold,
  NewAccount,
  NewCallback,
  NewCustomer,
  NewMessage,
  NewOwnerMessage,
  NewToken,
  RawEvent,
  RawPost,
  Referral,
  RevocationSubcode,
  StoredMedia,
  Thread,
  ThreadEvent,
  ThreadMessage,
  ThreadRef,
  Told,
} from './control-types.ts'

type Mid = ThreadRef & { mid: string }

/** Everything that the test bench can do, over HTTP and as methods. */
export type ControlApi = {
  getApp(): AppState
  /** The new secret signs from now on; the old one is void at once. */
  rotateAppSecret(input?: { secret?: string }): { secret: string }
  setCallback(input: NewCallback): Promise<CallbackResult>
  clearCallback(): void
  createAccount(input: NewAccount): CreatedAccount
  changeAccount(input: { accountId: string } & AccountChange): Account
  listAccounts(): Account[]
  issueToken(input: NewToken): IssuedToken
  /** Every token of the account is void, for this reason. */
  revokeTokens(input: { accountId: string; subcode?: RevocationSubcode }): { revoked: number }
  createCustomer(input: NewCustomer): Customer
  changeCustomer(input: { customerId: string } & CustomerChange): Customer
  listCustomers(): Customer[]
  openThread(input: { accountId: string; customerId: string }): Thread
  listThreads(accountId: string): Thread[]
  getThread(input: ThreadRef): Thread
  /** `heardAtMs`: when its customer wrote last, where that was before this emulator began. */
  setThread(input: ThreadRef & { blocked?: boolean; deleted?: boolean; heardAtMs?: number }): Thread
  listMessages(input: ThreadRef & { afterMid?: string; limit?: number }): ThreadMessage[]
  /** As the stream over HTTP: what followed `lastEventId`, then everything live; the result unsubscribes. */
  watchThread(
    input: ThreadRef & { lastEventId?: string },
    listener: (event: ThreadEvent, id: string | null) => void,
  ): () => void
  write(input: NewMessage): MessageTold
  edit(input: Mid & { text: string }): MessageTold
  /** By whoever wrote it. */
  unsend(input: Mid): MessageTold
  /** Null takes the reaction back. */
  react(input: Mid & { emoji: string | null; reaction?: string }): MessageTold
  see(input: ThreadRef & { mid?: string }): Told & { mid: string }
  pressButton(input: ThreadRef & { title: string; payload: string; mid?: string }): Told
  refer(input: ThreadRef & { referral: Referral }): Told
  writeAsOwner(input: NewOwnerMessage): MessageTold
  emit(input: RawEvent): Told
  /** Posts this very text once to the callback, outside all order; answers the HTTP statuses, null for none. */
  post(input: RawPost): Promise<Array<number | null>>
  storeMedia(input: { bytes: Uint8Array; mime: string }): StoredMedia
  listDeliveries(): Delivery[]
  /** Posts a recent event again, `copies` times at once; answers the HTTP statuses, null for no answer. */
  redeliver(input: { deliveryId: number; copies: number }): Promise<Array<number | null>>
  setDelivery(input: Partial<DeliverySettings>): DeliverySettings
  listCalls(filter?: CallFilter): CallPage
  clearCalls(): void
  setFault(fault: NewFault): Fault
  listFaults(): Fault[]
  clearFaults(): void
  setRateLimits(enabled: boolean): void
  /** Moves the emulator's clock forward. */
  travel(ms: number): { nowMs: number }
  snapshot(): EmulatorState
  /** Back to an empty world; the clock and the app's id, secret and callback stay. */
  reset(): void
}
