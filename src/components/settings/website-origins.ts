import { PageOrigin } from '../../server/contract/website.ts'

/** Addresses as somebody pastes them, one a line: each as a browser spells its origin, or the first that is none. */
export function readOrigins(text: string): { origins: string[] } | { wrong: string } {
  const lines = text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const origins = lines.map(originOf)
  const index = origins.indexOf(null)
  if (index !== -1) return { wrong: lines[index] ?? '' }
  return { origins: [...new Set(origins.filter((origin) => origin !== null))] }
}

function originOf(line: string): string | null {
  const url = /^https?:\/\//i.test(line) ? line : `https://${line}`
  if (!URL.canParse(url) || /[/?#]./.test(url.replace(/^https?:\/\//i, ''))) return null
  const { origin, hostname } = new URL(url)
  const isNamed = hostname === 'localhost' || /[.:]/.test(hostname)
  return isNamed && PageOrigin.safeParse(origin).success ? origin : null
}
