import type { Floor } from './floors.ts'
import { type Figures, type Run, runLoad, type Shape } from './load.ts'
import type { Options } from './options.ts'
import { cpuOf, cpuOfFamily } from './processes.ts'
import type { Product } from './product.ts'
import type { Seeded } from './seed.ts'

export type Name = 'bare' | 'durable' | 'peyk'

export interface Contender<N extends string = Name> {
  name: N
  run(shape: Shape, options: Pick<Options, 'seconds' | 'window'>): Promise<Figures>
}

export function floorContender(name: 'bare' | 'durable', floor: Floor, postmaster: number): Contender {
  const url: Run['url'] = (room) => `${floor.url}/ws/chat/room${room}/`
  return contender(name, url, { pid: floor.pid, postmaster })
}

/** Neighbouring sockets are of different people, and the same people meet in no two rooms next to each other. */
export function peykContender<N extends string>(
  name: N,
  product: Product,
  { conversations, tokens }: Seeded,
  shape: Shape,
): Contender<N> {
  const base = product.url.replace('http', 'ws')
  const url: Run['url'] = (room, member) =>
    `${base}/ws/chat/${conversations[room]}/?token=${tokens[(room * shape.members + member) % tokens.length]}`
  return contender(name, url, product)
}

function contender<N extends string>(
  name: N,
  url: Run['url'],
  of: { pid: number; postmaster: number },
): Contender<N> {
  const cpu = () => ({ server: cpuOf(of.pid), database: cpuOfFamily(of.postmaster) })
  return {
    name,
    run: (shape, { seconds, window }) => runLoad({ ...shape, seconds, window, url, cpu }),
  }
}
