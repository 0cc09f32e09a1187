import os from 'node:os'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startWebhookFloor } from './support/floors.ts'
import { startPlatform } from './support/platform.ts'
import { cpuOf, cpuOfFamily } from './support/processes.ts'
import { makeDataDir, type Product, startProduct } from './support/product.ts'
import { profile } from './support/profile.ts'
import { type Closer, runToEnd } from './support/run-to-end.ts'
import { connectBot } from './support/seed.ts'
import { quantile } from './support/statistics.ts'
import { type Acknowledged, type Burst, sendBurst, type Target } from './support/webhook-load.ts'

/** Does a platform's burst get in, and is it all there soon after? Beside it the naive floor: one INSERT an update. */
const VISIBLE_WITHIN_S = 10
const GIVE_UP_AFTER_S = 120
const WARM_UP: Burst = { rate: 300, seconds: 3, customers: 200, from: 1 }
const SATURATION_SECONDS = 5

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1500' },
    seconds: { type: 'string', default: '30' },
    customers: { type: 'string', default: '9000' },
    profile: { type: 'string' },
  },
})
const burst: Burst = {
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  customers: Number(values.customers),
  from: 1_000_000,
}

interface Contender {
  name: string
  target: Target
  cpu(): number
}

interface Intake extends Acknowledged {
  serverUs: number
  databaseUs: number
}

await runToEnd(bench)

async function bench(closers: Closer[]): Promise<boolean> {
  const { dataDir, remove } = makeDataDir()
  closers.push(remove)
  const platform = await startPlatform(false)
  closers.push(platform.close)
  const product = await startProduct({
    dataDir,
    platform: platform.url,
    inspect: values.profile !== undefined,
  })
  closers.push(product.stop)
  const bot = await connectBot(`${product.url}/api/v1`)
  const peyk: Contender = {
    name: 'Peyk',
    target: { url: `${product.url}/api/v1/message/webhook/${bot.bot_username}/`, secret: bot.webhook_secret },
    cpu: () => cpuOf(product.pid),
  }
  const floor = await startFloor(product, closers)
  const pool = new pg.Pool({ connectionString: `${product.databaseUrl}peyk`, max: 1 })
  closers.push(() => pool.end())
  console.log(header())
  for (const contender of [floor, peyk]) await run(product, contender, WARM_UP)
  await until(pool, WARM_UP.rate * WARM_UP.seconds)
  console.log(line(floor.name, await run(product, floor, burst)))
  const before = WARM_UP.rate * WARM_UP.seconds
  const { taken, visibleAfter } = await profiled(product, async () => {
    const began = spent(product, peyk)
    const taken = await run(product, peyk, burst)
    const visibleAfter = await until(pool, before + taken.updates)
    // What is done after the answer belongs to the update as well.
    return { taken: { ...taken, ...costOf(taken, began, spent(product, peyk)) }, visibleAfter }
  })
  console.log(line(peyk.name, taken))
  const faults = await readFaults(pool, before + taken.updates)
  const most = { ...burst, rate: 0, seconds: SATURATION_SECONDS }
  const [floorMost, peykMost] = [
    await run(product, floor, { ...most, from: 3_000_000 }),
    await run(product, peyk, { ...most, from: 3_000_000 }),
  ]
  console.log(line('floor, at most', floorMost))
  console.log(line('Peyk, at most', peykMost))
  console.log(
    `\nAcknowledged at most, Peyk to the floor: ${(rateOf(peykMost) / rateOf(floorMost)).toFixed(2)}`,
  )
  console.log(
    `All visible ${visibleAfter.toFixed(1)} s after the burst (at most ${VISIBLE_WITHIN_S} s are promised)`,
  )
  console.log(
    `${taken.repeated} repetitions; missing ${faults.missing}, doubled ${faults.doubled}, out of order ${faults.disordered}`,
  )
  const isWhole = faults.missing + faults.doubled + faults.disordered + taken.refused === 0
  return isWhole && visibleAfter <= VISIBLE_WITHIN_S && rateOf(taken) >= burst.rate * 0.99
}

async function startFloor(product: Product, closers: Closer[]): Promise<Contender> {
  const floor = await startWebhookFloor(product.databaseUrl)
  closers.push(floor.stop)
  return { name: 'INSERT floor', target: { url: floor.url, secret: 'none' }, cpu: () => cpuOf(floor.pid) }
}

async function run(product: Product, contender: Contender, load: Burst): Promise<Intake> {
  const before = spent(product, contender)
  const taken = await sendBurst(contender.target, load)
  return { ...taken, ...costOf(taken, before, spent(product, contender)) }
}

interface Spent {
  server: number
  database: number
}

function spent(product: Product, { cpu }: Contender): Spent {
  return { server: cpu(), database: cpuOfFamily(product.postmaster) }
}

function costOf({ updates, repeated }: Acknowledged, before: Spent, after: Spent) {
  const each = (seconds: number) => (seconds * 1e6) / (updates + repeated)
  return { serverUs: each(after.server - before.server), databaseUs: each(after.database - before.database) }
}

/** Seconds until so many messages are stored where people see them. */
async function until(pool: pg.Pool, messages: number): Promise<number> {
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  while (seconds() < GIVE_UP_AFTER_S) {
    const { rows } = await pool.query<{ seen: number }>(
      'SELECT count(*)::int AS seen FROM message WHERE NOT held',
    )
    if ((rows[0]?.seen ?? 0) >= messages) return seconds()
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return Number.POSITIVE_INFINITY
}

async function readFaults(pool: pg.Pool, expected: number) {
  const { rows } = await pool.query<{ stored: number; distinct: number; disordered: number }>(
    `SELECT count(*)::int AS stored, count(DISTINCT number)::int AS distinct, count(*) FILTER (WHERE number < before)::int AS disordered
      FROM (SELECT split_part(content, ' ', 1)::int AS number, lag(split_part(content, ' ', 1)::int) OVER (PARTITION BY conversation_id ORDER BY seq) AS before FROM message) m`,
  )
  const { stored = 0, distinct = 0, disordered = 0 } = rows[0] ?? {}
  return { missing: expected - distinct, doubled: stored - distinct, disordered }
}

async function profiled<Answer>(product: Product, work: () => Promise<Answer>): Promise<Answer> {
  if (values.profile === undefined || product.inspector === null) return work()
  const answers: Answer[] = []
  const top = await profile(product.inspector, values.profile, async () => answers.push(await work()))
  console.log(`\nOwn time under the load, in percent of what was not idle:\n${top}\n`)
  const [answer] = answers
  if (answer === undefined) throw new Error('The work under the profile answered nothing')
  return answer
}

function rateOf({ updates, repeated, seconds }: Acknowledged): number {
  return (updates + repeated) / seconds
}

function header(): string {
  const cpu = os.cpus()
  return [
    `Peyk bench: webhooks, ${burst.rate} updates a second for ${burst.seconds} s from ${burst.customers} customers of one bot, every 20th sent twice`,
    `Node ${process.version}, ${cpu.length} x ${cpu[0]?.model ?? 'unknown'}, load average ${os.loadavg()[0]?.toFixed(2)}; us: CPU microseconds an update`,
    '',
    row('', ['acks/s', 'p50 ms', 'p99 ms', 'refused', 'server us', 'database us']),
  ].join('\n')
}

function line(name: string, taken: Intake): string {
  return row(name, [
    rateOf(taken).toFixed(0),
    quantile(taken.latencies, 0.5).toFixed(1),
    quantile(taken.latencies, 0.99).toFixed(1),
    String(taken.refused),
    taken.serverUs.toFixed(0),
    taken.databaseUs.toFixed(0),
  ])
}

function row(first: string, cells: string[]): string {
  return first.padEnd(16) + cells.map((cell) => cell.padStart(13)).join('')
}
