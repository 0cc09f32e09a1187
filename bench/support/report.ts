import os from 'node:os'
import type { Name } from './contenders.ts'
import type { Figures, Shape } from './load.ts'
import type { Options } from './options.ts'
import { median } from './statistics.ts'

export type Round = Record<Name, Figures>

const NAMES: Record<string, string> = {
  bare: 'bare ws',
  durable: 'durable floor',
  peyk: 'Peyk',
  on: 'limits on',
  off: 'limits off',
}
const MAX_ERROR_TEXT = 200
/** Cores that others may take in a round which still counts as quiet. */
const QUIET_CORES = 0.2

type Metric = [title: string, of: (figures: Figures) => number, digits: number]
const METRICS: Metric[] = [
  ['deliveries/s', (f) => f.deliveriesPerS, 0],
  ['messages/s', (f) => f.messagesPerS, 0],
  ['p50 ms', (f) => f.p50, 1],
  ['p99 ms', (f) => f.p99, 1],
  ['missing', (f) => f.missing, 0],
  ['duplicate', (f) => f.duplicates, 0],
  ['reordered', (f) => f.reordered, 0],
  ['errors', (f) => f.errors.length, 0],
  ['server us', (f) => f.serverUs, 1],
  ['database us', (f) => f.databaseUs, 1],
  ['client cpu', (f) => f.ownCpu, 2],
  ['others cpu', (f) => f.othersCpu, 2],
]

export function header(title: string, shape: Shape, options: Options): string {
  const platform = options.deliveries ? 'takes every message' : 'asks to retry later'
  return [
    `Peyk bench: ${title}`,
    `${shape.rooms} rooms, ${shape.members} members, ${shape.senders} senders each, window ${options.window}, ` +
      `${options.rounds} rounds of ${options.seconds} s; the channel's platform ${platform}`,
    `Node ${process.version}, ${os.cpus().length} x ${os.cpus()[0]?.model ?? 'unknown'}, load average ${os.loadavg()[0]?.toFixed(2)}`,
    'us: CPU microseconds per delivery; client cpu, others cpu: cores taken by the load itself and by what is no part of this',
    '',
    row('', ['', ...METRICS.map(([metric]) => metric)]),
  ].join('\n')
}

export const roundLine = (round: string, name: string, figures: Figures): string =>
  row(round, [NAMES[name] ?? name].concat(METRICS.map(([, of, digits]) => format(of(figures), digits)))) +
  figures.errors
    .slice(0, 3)
    .map((error) => `\n    ${error.slice(0, MAX_ERROR_TEXT)}`)
    .join('')

/** The median of every figure over the rounds, and of the ratios within each round. */
export function summary(rounds: Round[]): string {
  const lines = (['bare', 'durable', 'peyk'] as const).map((name) =>
    row('median', [
      NAMES[name] ?? name,
      ...METRICS.map(([, of, digits]) => format(median(rounds.map((round) => of(round[name]))), digits)),
    ]),
  )
  const quiet = rounds.filter((round) => Object.values(round).every((f) => !(f.othersCpu > QUIET_CORES)))
  const noise = `${quiet.length} of ${rounds.length} rounds had the machine to themselves`
  return [...lines, '', ratio(rounds, 'durable'), ratio(rounds, 'bare'), noise].join('\n')
}

function ratio(rounds: Round[], floor: 'bare' | 'durable'): string {
  const shares = rounds.map(({ peyk, [floor]: other }) => peyk.deliveriesPerS / other.deliveriesPerS)
  const each = shares.map((share) => format(share, 3)).join(', ')
  return `Peyk / ${NAMES[floor]}: ${format(median(shares), 3)}  (${each})`
}

/** Whether the product lost, repeated or disordered nothing, and refused nothing. */
export const isClean = ({ missing, duplicates, reordered, errors }: Figures): boolean =>
  missing + duplicates + reordered + errors.length === 0

/** One line: the share of throughput that is left with limits, by round and at the median. */
export function limitsRatio(rounds: Record<'on' | 'off', Figures>[]): string {
  const shares = rounds.map(({ on, off }) => on.deliveriesPerS / off.deliveriesPerS)
  return `Limits on / off: ${format(median(shares), 3)}  (${shares.map((share) => format(share, 3)).join(', ')})`
}

const row = (first: string, [name = '', ...cells]: string[]) =>
  first.padEnd(8) + name.padEnd(14) + cells.map((cell) => cell.padStart(13)).join('')

const format = (value: number, digits: number) => (Number.isNaN(value) ? 'n/a' : value.toFixed(digits))
