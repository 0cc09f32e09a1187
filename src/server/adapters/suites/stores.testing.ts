import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { Source } from '../../contract/customer.ts'
import type { ClaimedDelivery } from '../../core/ports/deliveries.ts'
import type { MessageDraft, OutcomeDraft } from '../../core/ports/journal.ts'
import { createIds } from '../auth/ids.ts'
import type { Stores } from '../memory/stores.ts'

export interface StoresInTest {
  stores: Stores
  /** The same stores as another node sees them. */
  elsewhere: Stores
  /** Lets the bot answer the workspace's new conversations, or people. */
  setBot(workspaceId: number, isOn: boolean): Promise<void>
  /** Removes events up to a seq, as retention does. */
  forget(workspaceId: number, upTo: number): Promise<void>
  /** Gives a conversation to somebody. */
  assign(conversationId: string, userId: number): Promise<void>
  close(): Promise<void>
}

export type OpenStores = () => Promise<StoresInTest>

export type Opened = () => StoresInTest

/** Stores that are opened before the tests of a suite and closed after them. */
export function storesOf(open: OpenStores): Opened {
  let opened: StoresInTest | undefined
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())
  return () => {
    if (!opened) throw new Error('The stores are open inside tests only')
    return opened
  }
}

export const ids = createIds()

/** A person of their own with a workspace of their own. */
export async function openWorkspace({ accounts }: Stores, firstName = 'Nima') {
  const username = randomUUID()
  const names = { firstName, lastName: 'Rad', locale: 'fa' as const, workspaceName: username }
  const email = `${username}@example.com`
  const epoch = randomUUID()
  const user = await accounts.create({
    ...names,
    username,
    email,
    passwordHash: 'x',
    epoch,
    administers: 'if_first' as const,
  })
  const session = { id: randomUUID(), userId: user.id, expiresAt: Date.now() + 86_400_000 }
  await accounts.openSession({ ...session, kind: 'api', userAgent: '', address: '' })
  const owner = await accounts.owner(session.id)
  const workspace = owner?.workspaces[0]
  if (!workspace) throw new Error('A new person owns no workspace')
  return { id: workspace.id, epoch, user, author: { userId: user.id, name: `${firstName} Rad` } }
}

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>

const credentials = { token: '77:secret', webhookSecret: 'hook' }

export function openChannel({ channels }: Stores, workspaceId: number, source: Source = 'telegram') {
  const externalId = randomUUID()
  const names = { name: 'Shop', username: `Shop_${externalId}`, apiRoot: null }
  return channels.create({ ...names, workspaceId, source, externalId, credentials })
}

interface Customer {
  workspaceId: number
  channelId: number
  source?: Source
  sourceId?: string
  firstName?: string | null
  lastName?: string | null
  username?: string | null
}

export const openDraft = (customer: Customer) => ({
  kind: 'open' as const,
  source: 'telegram' as const,
  sourceId: randomUUID(),
  conversationId: ids.short(),
  firstName: 'Kim',
  lastName: null,
  username: null,
  ...customer,
})

/** A workspace with a channel and a customer who has written nothing yet. */
export async function openConversation(stores: Stores, source: Source = 'telegram') {
  const workspace = await openWorkspace(stores)
  const channel = await openChannel(stores, workspace.id, source)
  const customer = { workspaceId: workspace.id, channelId: channel.id, source, sourceId: randomUUID() }
  const { conversation } = await stores.journal.append(openDraft(customer))
  return { workspace, channel, customer, conversation }
}

type Place = { workspace: { id: number }; conversation: { id: string } }

/** What the customer writes. */
export const said = ({ workspace, conversation }: Place, more: Partial<MessageDraft> = {}): MessageDraft => ({
  kind: 'message',
  workspaceIds: [workspace.id],
  conversationId: conversation.id,
  id: ids.short(),
  type: 'customer',
  content: 'hello',
  contentKind: 'text',
  sender: 'customer:1',
  author: null,
  clientId: null,
  providerId: null,
  deliver: false,
  ...more,
})

/** What the workspace's owner answers. */
export const answered = (
  place: Place & { workspace: Pick<Workspace, 'author'> },
  more: Partial<MessageDraft> = {},
): MessageDraft => {
  const { author } = place.workspace
  return said(place, { type: 'support', sender: `user:${author.userId}`, author, deliver: true, ...more })
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Claims for good whatever earlier tests have left due, so that a test sees its own deliveries alone. */
export async function claimLeftovers({ deliveries }: Stores): Promise<void> {
  while ((await deliveries.claim(500, 3_600_000)).length > 0);
}

/** Claims the one delivery that is due. */
export async function claimOne({ deliveries }: Stores): Promise<ClaimedDelivery> {
  const [claimed, ...more] = await deliveries.claim(10, 3_600_000)
  if (!claimed || more.length > 0) throw new Error(`${more.length} deliveries too many are due, or none`)
  return claimed
}

/** How an attempt ended. */
export const outcomeOf = (claimed: ClaimedDelivery, more: Partial<OutcomeDraft> = {}): OutcomeDraft => ({
  kind: 'outcome',
  workspaceId: claimed.workspaceId,
  conversationId: claimed.conversationId,
  deliveryId: claimed.id,
  attempt: claimed.attempt,
  outcome: 'sent',
  error: null,
  result: { success: true },
  providerId: null,
  delayMs: 0,
  ...more,
})
