import { type Contender, peykContender } from './support/contenders.ts'
import type { Figures, Shape } from './support/load.ts'
import { type Options, readOptions } from './support/options.ts'
import { startPlatform } from './support/platform.ts'
import { makeDataDir, startProduct } from './support/product.ts'
import { header, isClean, limitsRatio, roundLine } from './support/report.ts'
import { type Closer, runToEnd } from './support/run-to-end.ts'
import { seed } from './support/seed.ts'

/** What do limits and the spam check cost? The same build with and without them, in turn, under both loads. */
const SHAPES: [string, Shape][] = [
  ['limits, fan-out', { rooms: 10, members: 20, senders: 2 }],
  ['limits, small rooms', { rooms: 200, members: 2, senders: 1 }],
]
const ROUNDS = 5
const WARM_UP_SECONDS = 1

type Switch = 'on' | 'off'

async function open(name: Switch, shape: Shape, closers: Closer[]): Promise<Contender<Switch>> {
  const { dataDir, remove } = makeDataDir()
  closers.push(remove)
  const platform = await startPlatform(false)
  closers.push(platform.close)
  const product = await startProduct({
    dataDir,
    platform: platform.url,
    inspect: false,
    limits: name === 'on',
  })
  closers.push(product.stop)
  return peykContender(name, product, await seed(product.url, shape), shape)
}

/** The order is turned round from round to round, so that neither always goes first. */
async function runRound(number: number, contenders: Contender<Switch>[], shape: Shape, options: Options) {
  const round: Partial<Record<Switch, Figures>> = {}
  for (const contender of number % 2 === 0 ? contenders.toReversed() : contenders) {
    const figures = await contender.run(shape, options)
    console.log(roundLine(`round ${number}`, contender.name, figures))
    round[contender.name] = figures
  }
  return round as Record<Switch, Figures>
}

async function compare(title: string, shape: Shape, closers: Closer[]): Promise<boolean> {
  const contenders = [await open('on', shape, closers), await open('off', shape, closers)]
  console.log(header(title, shape, options))
  for (const contender of contenders) await contender.run(shape, { ...options, seconds: WARM_UP_SECONDS })
  const rounds: Record<Switch, Figures>[] = []
  for (let number = 1; number <= options.rounds; number++)
    rounds.push(await runRound(number, contenders, shape, options))
  console.log(`\n${limitsRatio(rounds)}\n`)
  return rounds.every(({ on, off }) => isClean(on) && isClean(off))
}

const args = process.argv.slice(2)
const options = readOptions(args.includes('--rounds') ? args : [...args, '--rounds', String(ROUNDS)])
for (const [title, shape] of SHAPES) await runToEnd((closers) => compare(title, shape, closers))
