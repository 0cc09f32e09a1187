import type { Refusal } from '../../components/settings/refusal.tsx'
import type { ErrorCode } from '../../server/contract/error.ts'

/** Fetches a file of ours and hands it to the browser to keep. Answers why that could not be, null where it could. */
export async function fetchFile(path: string): Promise<Refusal | null> {
  try {
    const answer = await fetch(path, { method: 'POST' })
    if (!answer.ok) return { code: codeOf(await answer.json().catch(() => null)) }
    keep(await answer.blob(), nameOf(answer))
    return null
  } catch {
    return { code: null }
  }
}

const nameOf = (answer: Response): string =>
  /filename="([\w.-]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'download'

// Words for an unknown code are those of `internal`; a schema to check it would weigh more than the page around it.
const codeOf = (body: { error_code?: unknown } | null): ErrorCode => {
  const code = String(body?.error_code).toLowerCase()
  return (CODES as readonly string[]).includes(code) ? (code as ErrorCode) : 'internal'
}

const CODES = [
  'unauthenticated',
  'forbidden',
  'not_found',
  'invalid_input',
  'conflict',
  'rate_limited',
] satisfies ErrorCode[]

function keep(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  // The click has begun the download; the browser has its own hold on the file.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
