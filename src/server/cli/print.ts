type Cell = string | number

/** Columns under their heads, as wide as what is in them. What people wrote may hold what a terminal would obey. */
export function table(heads: string[], rows: Cell[][]): string {
  const lines = [heads, ...rows.map((row) => row.map((cell) => plain(String(cell))))]
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Names and values, one a line. */
export const facts = (of: Record<string, Cell>): string =>
  table(
    ['', ''],
    Object.entries(of).map(([name, value]) => [name.replaceAll('_', ' '), value]),
  ).trimStart()

const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '�')

const STEPS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const

/** "3 h", "12 s". */
export function span(ms: number): string {
  const step = STEPS.find(([length]) => ms >= length)
  return step ? `${Math.floor(ms / step[0])} ${step[1]}` : `${Math.max(0, Math.floor(ms / 1_000))} s`
}
