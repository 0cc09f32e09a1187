import type { World } from './world.testing.ts'

/** What changes whoever calls, and is nobody's data: notes of what happened at the doors, and when a way in was used. */
const PASSING_TABLES = [
  '_prisma_migrations',
  'security_event',
  'security_tally',
  'live_node',
  'live_connection',
  // Files that nothing names any more, taken away in the background: what named them is looked at itself.
  'file_removal',
]
const PASSING_COLUMNS = ['last_seen_at', 'last_used_at']

/**
 * A digest of everything that is stored, or of what belongs to one workspace. It waits until deliveries have come to an
 * end, so that two of them differ only by what a call did.
 */
export async function takeSnapshot({ prisma }: World, workspaceId?: number): Promise<Record<string, string>> {
  await settle(prisma)
  const columns = await prisma.$queryRaw<{ table: string; owned: boolean }[]>`
    SELECT t.table_name AS table, EXISTS (SELECT 1 FROM information_schema.columns c
      WHERE c.table_schema = 'public' AND c.table_name = t.table_name AND c.column_name = 'workspace_id') AS owned
    FROM information_schema.tables t WHERE t.table_schema = 'public' AND t.table_name <> ALL (${PASSING_TABLES})`
  const parts = columns
    .filter(({ owned }) => owned || workspaceId === undefined)
    .map(({ table }) => digestOf(table, workspaceId))
  const rows = await prisma.$queryRawUnsafe<{ name: string; digest: string }[]>(parts.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

const digestOf = (table: string, workspaceId: number | undefined) => {
  const row = PASSING_COLUMNS.reduce((text, column) => `${text} - '${column}'`, 'to_jsonb(x)')
  const where = workspaceId === undefined ? '' : ` WHERE x.workspace_id = ${workspaceId}`
  return `SELECT '${table}' AS name, md5(coalesce(string_agg(md5((${row})::text), '' ORDER BY md5((${row})::text)), '')) AS digest FROM "${table}" x${where}`
}

const PATIENCE_MS = 20_000

export async function settle(prisma: World['prisma']) {
  const deadline = Date.now() + PATIENCE_MS
  const state = { in: ['queued' as const, 'sending' as const] }
  // What waits for its channel to be connected again, and what stands behind it, does not move.
  const open = { state, behind: false, OR: [{ next: null }, { next: { not: 'reconnection' } }] }
  while ((await prisma.delivery.count({ where: open })) > 0)
    if (Date.now() > deadline) throw new Error('The deliveries come to no end')
}
