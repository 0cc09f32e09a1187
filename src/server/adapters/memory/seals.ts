import type { Seals } from '../../core/ports/seals.ts'

interface Cipher {
  seal(text: string): string
  open(sealed: string): string
  prefix(): string
}

/** Sealed values of one process, by number; the stores in memory seal nothing. */
export function createMemorySeals(values: Map<number, string>, cipher: Cipher): Seals {
  const opens = (sealed: string) => {
    try {
      return cipher.open(sealed)
    } catch {
      return null
    }
  }
  return {
    async reseal(from, limit) {
      const due = [...values]
        .sort(([a], [b]) => a - b)
        .filter(([id, value]) => id > (from?.after ?? -1) && !value.startsWith(cipher.prefix()))
        .slice(0, limit)
      let resealed = 0
      for (const [id, value] of due) {
        const text = opens(value)
        if (text === null) continue
        values.set(id, cipher.seal(text))
        resealed++
      }
      const last = due.at(-1)
      const next = last && due.length === limit ? { column: 0, after: last[0] } : null
      return { resealed, unreadable: due.length - resealed, next }
    },
    isReadable: async () => [...values.values()].every((value) => opens(value) !== null),
  }
}
