import type { Channel } from '../../contract/channel.ts'
import type { Source } from '../../contract/customer.ts'

/** The setting by which a channel's people may answer after the first day. */
export const isHumanAgentOn = (settings: Record<string, unknown>): boolean => settings.humanAgent === true

export interface StoredChannel extends Channel {
  workspaceId: number
  externalId: string
  apiRoot: string | null
  credentials: ChannelCredentials
  /** What people set for it, by its source; nothing secret. */
  settings: Record<string, unknown>
  tokenExpiresAt: string | null
  /** When it was last seen to work. */
  provedAt: string | null
}

/** Sealed where they lie. A website has no token and signs its visitors' identities with `identitySecret`. */
export interface ChannelCredentials {
  token: string
  webhookSecret: string
  identitySecret?: string
}

/** What may change of a channel; what is not named stays. */
export interface ChannelChange {
  name?: string
  username?: string | null
  credentials?: ChannelCredentials
  settings?: Record<string, unknown>
  tokenExpiresAt?: string | null
  provedAt?: string
  isConnect?: boolean
  stoppedReason?: string | null
}

export interface NewChannel {
  workspaceId: number
  source: Source
  name: string
  externalId: string
  username: string | null
  apiRoot: string | null
  credentials: ChannelCredentials
  settings?: Record<string, unknown>
  tokenExpiresAt?: string | null
}

export interface Channels {
  list(workspaceIds: number[]): Promise<Channel[]>
  /** Throws conflict where the account is connected anywhere in this instance. */
  create(channel: NewChannel): Promise<StoredChannel>
  findById(id: number): Promise<StoredChannel | null>
  /** The account as its platform numbers it; for a website its public key. */
  findByExternalId(source: Source, externalId: string): Promise<StoredChannel | null>
  /** Every channel of a source in this instance that is not deleted, at most `limit`, after the id `after`. */
  ofSource(source: Source, page: { after: number; limit: number }): Promise<StoredChannel[]>
  /** Null where there is no such channel in these workspaces. */
  change(workspaceIds: number[], id: number, change: ChannelChange): Promise<StoredChannel | null>
  findByUsername(source: Source, username: string): Promise<StoredChannel | null>
  stop(id: number, reason: string): Promise<void>
  /** Writes down when it was last seen to work. */
  prove(id: number, at: string): Promise<void>
  /** Ends the channel and fails what is queued for it; its conversations stay. */
  remove(workspaceIds: number[], id: number): Promise<StoredChannel | null>
}
