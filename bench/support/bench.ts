import { setTimeout as delay } from 'node:timers/promises'
import { type Contender, floorContender, peykContender } from './contenders.ts'
import { startBareFloor, startDurableFloor } from './floors.ts'
import type { Shape } from './load.ts'
import { type Options, readOptions } from './options.ts'
import { startPlatform } from './platform.ts'
import { pssOfFamily, rssOf } from './processes.ts'
import { makeDataDir, type Product, startProduct } from './product.ts'
import { profile } from './profile.ts'
import { header, isClean, type Round, roundLine, summary } from './report.ts'
import { type Closer, runToEnd } from './run-to-end.ts'
import { seed } from './seed.ts'

const WARM_UP_SECONDS = 1

/** Runs the load against the floors and the product in turn and prints the figures; exits with 1 where one is not clean. */
export async function runBench(title: string, shape: Shape): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  await runToEnd((closers) => compare(title, shape, options, closers))
}

async function compare(title: string, shape: Shape, options: Options, closers: Closer[]): Promise<boolean> {
  const { product, contenders } = await open(shape, options, closers)
  console.log(header(title, shape, options))
  // What just started is slow for a moment, and the product has more to compile than the floors have.
  for (const contender of contenders) await contender.run(shape, { ...options, seconds: WARM_UP_SECONDS })
  const rounds: Round[] = []
  for (let number = 1; number <= options.rounds; number++)
    rounds.push(await runRound(number, contenders, shape, options))
  console.log(`\n${summary(rounds)}\n`)
  console.log(`Ready on an existing DATA_DIR: ${(product.readyMs / 1000).toFixed(2)} s`)
  await delay(options.rest * 1000)
  console.log(`Memory ${options.rest} s after the load: ${memoryOf(product)}`)
  if (options.profile !== null) await profileOnce(product, contenders, shape, options)
  return rounds.every(({ peyk }) => isClean(peyk))
}

/** The order changes from round to round, so that nobody always follows the same neighbour. */
async function runRound(number: number, contenders: Contender[], shape: Shape, options: Options) {
  const first = number % contenders.length
  const round: Partial<Round> = {}
  for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
    const figures = await contender.run(shape, options)
    console.log(roundLine(`round ${number}`, contender.name, figures))
    round[contender.name] = figures
  }
  return round as Round
}

async function open(shape: Shape, options: Options, closers: Closer[]) {
  const { dataDir, remove } = makeDataDir()
  closers.push(remove)
  const platform = await startPlatform(options.deliveries)
  closers.push(platform.close)
  const start = async () => {
    const started = await startProduct({ dataDir, platform: platform.url, inspect: options.profile !== null })
    closers.push(started.stop)
    return started
  }
  // The first start builds and makes the database; the second one is timed.
  const first = await start()
  const seeded = await seed(first.url, shape)
  await first.stop()
  const product = await start()
  const bare = await startBareFloor()
  closers.push(bare.stop)
  const durable = await startDurableFloor(product.databaseUrl)
  closers.push(durable.stop)
  const contenders = [
    floorContender('bare', bare, product.postmaster),
    floorContender('durable', durable, product.postmaster),
    peykContender('peyk', product, seeded, shape),
  ]
  return { product, contenders }
}

const memoryOf = ({ pid, postmaster }: Product) =>
  `Node ${mebibytes(rssOf(pid))} RSS, PostgreSQL ${mebibytes(pssOfFamily(postmaster))} PSS`

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`

async function profileOnce(product: Product, contenders: Contender[], shape: Shape, options: Options) {
  const peyk = contenders.find(({ name }) => name === 'peyk')
  if (!peyk || !product.inspector || options.profile === null) return
  const top = await profile(product.inspector, options.profile, () => peyk.run(shape, options))
  console.log(`\nOwn time under the load, in percent of what was not idle:\n${top}`)
}
