export type Closer = () => unknown

/** Runs a benchmark. What it started ends with it, also at Ctrl-C; the process exits with 1 where it answers false. */
export async function runToEnd(bench: (closers: Closer[]) => Promise<boolean>): Promise<void> {
  const closers: Closer[] = []
  const close = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer()
  }
  const stop = () => void close().finally(() => process.exit(1))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  try {
    if (!(await bench(closers))) process.exitCode = 1
  } finally {
    await close()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }
}
