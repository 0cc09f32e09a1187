import { readdirSync, readFileSync } from 'node:fs'

/** USER_HZ, which Linux has fixed for everything that /proc tells. */
const TICKS_PER_SECOND = 100
const PAGE_BYTES = 4096

export interface ProcessStat {
  parent: number
  /** CPU seconds of its own. */
  own: number
  /** CPU seconds of its children that have ended. */
  reaped: number
}

/** Reads a line of /proc/<pid>/stat; the name in it may hold spaces and parentheses. */
export function parseStat(line: string): ProcessStat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const seconds = (index: number) => Number(fields[index]) / TICKS_PER_SECOND
  return {
    parent: Number(fields[1]),
    own: seconds(11) + seconds(12),
    reaped: seconds(13) + seconds(14),
  }
}

/** CPU seconds of one process; NaN where there is no /proc. */
export const cpuOf = (pid: number): number => statOf(pid)?.own ?? Number.NaN

/** CPU seconds of a process and all its children, also of those that have ended. */
export function cpuOfFamily(pid: number): number {
  const head = statOf(pid)
  if (!head) return Number.NaN
  const children = childrenOf(pid).map((child) => statOf(child)?.own ?? 0)
  return children.reduce((total, own) => total + own, head.own + head.reaped)
}

/** CPU seconds that the whole machine has spent on anything. */
export function cpuOfMachine(): number {
  const [, user, nice, system, , , irq, softirq, steal] = read('/proc/stat')?.split(/\s+/) ?? []
  const ticks = [user, nice, system, irq, softirq, steal].map((value) => Number(value ?? Number.NaN))
  return ticks.reduce((total, value) => total + value, 0) / TICKS_PER_SECOND
}

export const rssOf = (pid: number): number =>
  Number(read(`/proc/${pid}/statm`)?.split(' ')[1] ?? Number.NaN) * PAGE_BYTES

/** The memory of a process and its children, what they share counted once. */
export function pssOfFamily(pid: number): number {
  const sizes = [pid, ...childrenOf(pid)].map((each) =>
    Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${each}/smaps_rollup`) ?? '')?.[1] ?? Number.NaN),
  )
  return sizes.reduce((total, size) => total + size, 0) * 1024
}

const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((each) => each > 0 && statOf(each)?.parent === pid)

function statOf(pid: number): ProcessStat | null {
  const line = read(`/proc/${pid}/stat`)
  return line === null ? null : parseStat(line)
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
