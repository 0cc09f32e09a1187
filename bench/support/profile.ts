import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import WebSocket from 'ws'

interface ProfileNode {
  id: number
  callFrame: { functionName: string; url: string; lineNumber: number }
}

export interface CpuProfile {
  nodes: ProfileNode[]
  samples: number[]
  timeDeltas: number[]
}

const INTERVAL_US = 200
const TOP = 40

/** Profiles the process behind an inspector while the work goes on; writes it down and answers its heaviest functions. */
export async function profile(
  inspector: string,
  file: string,
  work: () => Promise<unknown>,
): Promise<string> {
  const socket = new WebSocket(inspector, { perMessageDeflate: false })
  await once(socket, 'open')
  let id = 0
  const call = async (method: string, params: object = {}) => {
    const mine = ++id
    socket.send(JSON.stringify({ id: mine, method, params }))
    for (;;) {
      const [data] = await once(socket, 'message')
      const answer = JSON.parse(String(data)) as { id?: number; result?: { profile: CpuProfile } }
      if (answer.id === mine) return answer.result
    }
  }
  try {
    await call('Profiler.enable')
    await call('Profiler.setSamplingInterval', { interval: INTERVAL_US })
    await call('Profiler.start')
    await work()
    const stopped = await call('Profiler.stop')
    if (!stopped) throw new Error('The inspector answered no profile')
    writeFileSync(file, JSON.stringify(stopped.profile))
    return heaviest(stopped.profile)
  } finally {
    socket.terminate()
  }
}

/** Functions by their own time, in percent of what was not idle. */
export function heaviest({ nodes, samples, timeDeltas }: CpuProfile, top = TOP): string {
  const names = new Map(nodes.map((node) => [node.id, nameOf(node)]))
  const own = new Map<string, number>()
  for (const [index, sample] of samples.entries()) {
    const name = names.get(sample) ?? ''
    own.set(name, (own.get(name) ?? 0) + Math.max(0, timeDeltas[index] ?? 0))
  }
  own.delete('(idle)')
  const total = [...own.values()].reduce((sum, time) => sum + time, 0)
  return [...own]
    .sort(([, a], [, b]) => b - a)
    .slice(0, top)
    .map(([name, time]) => `${((time / total) * 100).toFixed(1).padStart(5)} %  ${name}`)
    .join('\n')
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const place = url.replace(/^.*\/(node_modules|dist)\//, '$1/')
  return `${functionName || '(anonymous)'}${place ? `  ${place}:${lineNumber + 1}` : ''}`
}
