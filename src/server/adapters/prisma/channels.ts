import { serviceUnavailable } from '../../contract/service-unavailable.ts'
import { DomainError } from '../../core/errors.ts'
import {
  type ChannelChange,
  type Channels,
  isHumanAgentOn,
  type StoredChannel,
} from '../../core/ports/channels.ts'
import type { Channel as ChannelRow, Prisma, PrismaClient } from './generated/client.ts'
import { isUniqueViolation } from './unique-violation.ts'

const MAX_CHANNELS = 500

interface Cipher {
  seal(text: string): string
  open(sealed: string): string
}

/** Connected accounts in PostgreSQL; their credentials lie there sealed. */
export function createChannels(prisma: PrismaClient, cipher: Cipher): Channels {
  const stored = (row: ChannelRow | null) => row && toStored(row, cipher)
  return {
    list: async (workspaceIds) => {
      const where = { workspaceId: { in: workspaceIds }, deletedAt: null }
      const rows = await prisma.channel.findMany({ where, orderBy: { id: 'asc' }, take: MAX_CHANNELS })
      return rows.map(toChannel)
    },
    create: async (channel) => {
      const data = toRow(channel, cipher)
      try {
        return toStored(await prisma.channel.create({ data }), cipher)
      } catch (error) {
        throw isUniqueViolation(error)
          ? new DomainError('conflict', 'This account is already connected to a workspace here')
          : error
      }
    },
    findById: async (id) => stored(await prisma.channel.findFirst({ where: { id, deletedAt: null } })),
    findByExternalId: async (source, externalId) =>
      stored(await prisma.channel.findFirst({ where: { source, externalId, deletedAt: null } })),
    ofSource: async (source, { after, limit }) => {
      const where = { source, id: { gt: after }, deletedAt: null }
      const rows = await prisma.channel.findMany({ where, orderBy: { id: 'asc' }, take: limit })
      return rows.map((row) => toStored(row, cipher))
    },
    change: async (workspaceIds, id, change) => {
      const where = { id, workspaceId: { in: workspaceIds }, deletedAt: null }
      const data = toRow(change, cipher)
      if (change.isConnect === undefined) {
        const [row] = await prisma.channel.updateManyAndReturn({ where, data })
        return stored(row ?? null)
      }
      return stored(await switchTo(prisma, { where, data }))
    },
    findByUsername: async (source, username) => {
      const exact = await prisma.channel.findFirst({ where: { source, username, deletedAt: null } })
      return stored(exact ?? (await findInAnyCase(prisma, source, username)))
    },
    stop: async (id, stoppedReason) => {
      const where = { id, deletedAt: null }
      await switchTo(prisma, { where, data: { isConnect: false, stoppedReason } })
    },
    prove: async (id, provedAt) => {
      await prisma.channel.updateMany({ where: { id, deletedAt: null }, data: { provedAt } })
    },
    remove: async (workspaceIds, id) =>
      stored(await prisma.$transaction((tx) => remove(tx, workspaceIds, id))),
  }
}

interface Switch {
  where: Prisma.ChannelWhereInput & { id: number }
  data: Prisma.ChannelUpdateManyMutationInput
}

/** Connects or stops a channel: what is queued for it goes on or waits, in the same transaction. */
const switchTo = (prisma: PrismaClient, { where, data }: Switch): Promise<ChannelRow | null> =>
  prisma.$transaction(async (tx) => {
    await lockWorkspaceOf(tx, where.id)
    const [row] = await tx.channel.updateManyAndReturn({ where, data })
    if (!row) return null
    if (row.isConnect) await tx.$executeRaw`SELECT resume_deliveries(${row.id}::int)`
    else await tx.$executeRaw`SELECT park_deliveries(${row.id}::int)`
    return row
  })

/** The workspace's lock comes first, as in every append: a message that is being sent comes before, or finds what was changed. */
const lockWorkspaceOf = (tx: Prisma.TransactionClient, channelId: number) => tx.$queryRaw`
  SELECT 1 AS one FROM workspace WHERE id = (SELECT workspace_id FROM channel WHERE id = ${channelId}) FOR NO KEY UPDATE`

/** A channel's fields as they are stored: its credentials sealed. */
const toRow = <Fields extends ChannelChange>({ credentials, settings, ...rest }: Fields, cipher: Cipher) => ({
  ...rest,
  settings: settings as Prisma.InputJsonObject | undefined,
  ...(credentials && { credentials: cipher.seal(JSON.stringify(credentials)) }),
})

// Not Prisma's insensitive mode: that is ILIKE, for which the underscores of a user name are wildcards.
async function findInAnyCase(prisma: PrismaClient, source: ChannelRow['source'], username: string) {
  const [found] = await prisma.$queryRaw<{ id: number }[]>`
    SELECT id FROM channel WHERE source = ${source}::"Source" AND lower(username) = lower(${username}) AND deleted_at IS NULL LIMIT 1`
  return found ? prisma.channel.findUnique({ where: { id: found.id } }) : null
}

async function remove(
  tx: Prisma.TransactionClient,
  workspaceIds: number[],
  id: number,
): Promise<ChannelRow | null> {
  await lockWorkspaceOf(tx, id)
  const before = await tx.channel.findFirst({
    where: { id, workspaceId: { in: workspaceIds }, deletedAt: null },
  })
  if (!before) return null
  const data = { deletedAt: new Date(), isConnect: false, credentials: null }
  await tx.channel.update({ where: { id }, data })
  await failQueued(tx, before)
  return { ...before, isConnect: false, deletedAt: data.deletedAt }
}

async function failQueued(tx: Prisma.TransactionClient, { id, source }: ChannelRow): Promise<void> {
  const error = serviceUnavailable(source)
  const result = JSON.stringify({ success: false, error })
  await tx.$executeRaw`
    WITH failed AS (
      UPDATE delivery SET state = 'failed', error = ${error}, result = ${result}::jsonb, lease_till = NULL, next = NULL
      WHERE channel_id = ${id} AND state = 'queued' RETURNING *
    ), marked AS (SELECT mark_unreached(f::delivery) FROM failed f WHERE f.op <> 'send')
    SELECT tell_delivery(f::delivery, date_trunc('milliseconds', clock_timestamp())), (SELECT count(*) FROM marked)
    FROM (SELECT * FROM failed ORDER BY id) f`
}

const toChannel = (row: ChannelRow) => ({
  id: row.id,
  source: row.source,
  name: row.name,
  username: row.username,
  isConnect: row.isConnect,
  stoppedReason: row.stoppedReason,
  createdAt: row.createdAt.toISOString(),
  tokenExpiresAt: row.tokenExpiresAt?.toISOString() ?? null,
  ...(isHumanAgentOn(row.settings as Record<string, unknown>) && { isHumanAgentOn: true }),
})

const toStored = (row: ChannelRow, cipher: Cipher): StoredChannel => ({
  ...toChannel(row),
  workspaceId: row.workspaceId,
  externalId: row.externalId,
  apiRoot: row.apiRoot,
  settings: row.settings as Record<string, unknown>,
  provedAt: row.provedAt?.toISOString() ?? null,
  credentials: row.credentials ? JSON.parse(cipher.open(row.credentials)) : { token: '', webhookSecret: '' },
})
