import type { SecurityLog, SecurityNote } from '../../core/ports/security.ts'
import type { Log } from '../../core/ports/system.ts'
import type { PrismaClient } from './generated/client.ts'

const FLUSH_MS = 250
const MAX_GROUP = 500
/** Notes that may wait; a flood beyond it is counted, not kept. */
const MAX_WAITING = 5_000

/** Security events in PostgreSQL, written in groups. */
export function createSecurityLog(prisma: PrismaClient, log: Log): SecurityLog & { close(): Promise<void> } {
  let waiting: (SecurityNote & { createdAt: Date })[] = []
  let dropped = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const flush = async () => {
    timer = undefined
    if (dropped > 0) log.warn({ dropped }, 'Security events came faster than they could be written')
    dropped = 0
    while (waiting.length > 0) {
      const group = waiting.slice(0, MAX_GROUP)
      waiting = waiting.slice(MAX_GROUP)
      const data = group.map(({ detail, ...event }) => ({ ...event, detail: detail as object }))
      await prisma.securityEvent
        .createMany({ data })
        .catch((err) => log.error({ err, lost: group.length }, 'Security events could not be written'))
    }
  }
  const schedule = () => {
    timer ??= setTimeout(() => {
      writing = writing.then(flush)
    }, FLUSH_MS)
  }
  return {
    note(event) {
      if (waiting.length >= MAX_WAITING) dropped++
      else waiting.push({ ...event, createdAt: new Date() })
      schedule()
    },
    async close() {
      clearTimeout(timer)
      await writing
      await flush()
    },
  }
}
