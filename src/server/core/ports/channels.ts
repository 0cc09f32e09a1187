import type { Channel } from '../../contract/channel.ts'
import type { Source } from '../../contract/customer.ts'

export interface StoredChannel extends Channel {
  workspaceId: number
  externalId: string
  apiRoot: string | null
  credentials: { token: string; webhookSecret: string }
}

export interface NewChannel {
  workspaceId: number
  source: Source
  name: string
  externalId: string
  username: string | null
  apiRoot: string | null
  credentials: { token: string; webhookSecret: string }
}

export interface Channels {
  list(workspaceIds: number[]): Promise<Channel[]>
  /** Throws conflict where the account is connected anywhere in this instance. */
  create(channel: NewChannel): Promise<StoredChannel>
  findById(id: number): Promise<StoredChannel | null>
  findByUsername(source: Source, username: string): Promise<StoredChannel | null>
  stop(id: number, reason: string): Promise<void>
  /** Ends the channel and fails what is queued for it; its conversations stay. */
  remove(workspaceIds: number[], id: number): Promise<StoredChannel | null>
}
