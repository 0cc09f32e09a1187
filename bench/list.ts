import { randomBytes } from 'node:crypto'
import os from 'node:os'
import { post } from './support/api.ts'
import { CASES, type Figures, runCases } from './support/list-cases.ts'
import { fill, type Size } from './support/list-data.ts'
import { startPlatform } from './support/platform.ts'
import { makeDataDir, startProduct } from './support/product.ts'
import { type Closer, runToEnd } from './support/run-to-end.ts'
import { quantile } from './support/statistics.ts'

/** How long does a list socket wait for its conversations, and does that grow with what is stored? */
const SIZES: Size[] = [
  { conversations: 500, messages: 50_000 },
  { conversations: 5_000, messages: 500_000 },
]
const MAX_FIRST_LIST_MS = 30

await runToEnd(bench)

async function bench(closers: Closer[]): Promise<boolean> {
  const { dataDir, remove } = makeDataDir()
  closers.push(remove)
  const platform = await startPlatform(false)
  closers.push(platform.close)
  const product = await startProduct({ dataDir, platform: platform.url, inspect: false })
  closers.push(product.stop)
  const owner = await register(product.url)
  console.log(header())
  const results: Figures[][] = []
  for (const size of SIZES) {
    await fill(product.databaseUrl, owner, size)
    results.push(await runCases(product.url, owner.token))
  }
  CASES.forEach(({ name }, index) => {
    console.log(
      line(
        name,
        results.map((figures) => figures[index] ?? { count: 0, sorted: [] }),
      ),
    )
  })
  const medians = results.map(([first]) => quantile(first?.sorted ?? [], 0.5))
  const holds = medians.every((median) => median <= MAX_FIRST_LIST_MS)
  console.log(`\nThe first list within ${MAX_FIRST_LIST_MS} ms at the median: ${holds ? 'yes' : 'no'}`)
  return holds
}

async function register(url: string) {
  const { access_token: token, user_data } = await post<{
    access_token: string
    user_data: { id: number; email: string }
  }>(`${url}/api/v1/usr/register`, {
    username: 'bench',
    email: 'bench@example.com',
    password: randomBytes(12).toString('hex'),
  })
  return { ...user_data, token }
}

function header(): string {
  const sizes = SIZES.map(({ conversations, messages }) => `${conversations} / ${messages}`)
  return [
    'Peyk bench: the list of conversations',
    `milliseconds at a client of /ws/conversations/, one question at a time; conversations / messages: ${sizes.join(', then ')}`,
    `Node ${process.version}, ${os.cpus().length} x ${os.cpus()[0]?.model ?? 'unknown'}, load average ${os.loadavg()[0]?.toFixed(2)}`,
    '',
    row('', ...sizes.flatMap((size) => [`${size}`, 'p50', 'p95']), 'p50 ratio'),
  ].join('\n')
}

function line(name: string, figures: Figures[]): string {
  const cells = figures.flatMap(({ count, sorted }) => [
    `${count} found`,
    quantile(sorted, 0.5).toFixed(1),
    quantile(sorted, 0.95).toFixed(1),
  ])
  const [small, large] = figures.map(({ sorted }) => quantile(sorted, 0.5))
  return row(name, ...cells, ((large ?? Number.NaN) / (small ?? Number.NaN)).toFixed(2))
}

function row(first: string, ...cells: string[]): string {
  return first.padEnd(30) + cells.map((cell) => cell.padStart(14)).join('')
}
