import type { OpenWidgetSession, VisitorProof, WidgetSession } from '../../../server/contract/widget.ts'

const FIRST_PAUSE_MS = 2_000
const MAX_PAUSE_MS = 60_000

/** What was refused for good: asking again would not help. */
export class Refused extends Error {}

/** Kept on the page's own origin: browsers throw away what a foreign frame keeps, or part it by page. */
export const createMemory = (siteKey: string) => {
  const key = `peyk:${siteKey}`
  let held: string | null = null
  return {
    read: (): string | null => {
      try {
        return localStorage.getItem(key) ?? held
      } catch {
        return held
      }
    },
    write: (visitor: string | null): void => {
      held = visitor
      try {
        if (visitor === null) localStorage.removeItem(key)
        else localStorage.setItem(key, visitor)
      } catch {
        // A browser that keeps nothing has a new visitor with every page.
      }
    },
  }
}

type Memory = ReturnType<typeof createMemory>

interface Asking {
  base: string
  siteKey: string
  memory: Memory
  identity: VisitorProof | null
}

/** Asks until it is answered. Throws Refused where the answer is no. */
export async function openSession({ base, siteKey, memory, identity }: Asking): Promise<WidgetSession> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    const body: OpenWidgetSession = { site_key: siteKey, visitor: memory.read(), identity }
    const answer = await fetch(`${base}/api/v1/widget/session/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      body: JSON.stringify(body),
    }).catch(() => null)
    if (answer?.ok) {
      const session = (await answer.json()) as WidgetSession
      if (session.visitor !== null || identity !== null) memory.write(session.visitor)
      return session
    }
    if (!answer && pause === FIRST_PAUSE_MS)
      console.warn(`Peyk: no answer from ${base}. Is ${location.origin} among the pages of this website?`)
    if (answer && answer.status < 500 && answer.status !== 429) throw new Refused(await reasonOf(answer))
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())))
  }
}

const reasonOf = async (answer: Response): Promise<string> => {
  const said = (await answer.json().catch(() => null)) as { error?: string } | null
  return said?.error ?? `Refused with ${answer.status}`
}
