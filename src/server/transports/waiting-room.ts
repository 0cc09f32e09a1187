import { limitKeyOf } from '../contract/network.ts'

/** The sockets that have not proved anybody yet, which are counted by address; with IPv6 by its /64. */
export class WaitingRoom {
  private readonly waiting = new Map<string, number>()

  constructor(private readonly maxPerAddress: number) {}

  /** Takes one of an address's places; answers how to leave it, or null where all are taken. */
  enter(address: string): (() => void) | null {
    const key = limitKeyOf(address)
    const count = this.waiting.get(key) ?? 0
    if (count >= this.maxPerAddress) return null
    this.waiting.set(key, count + 1)
    let hasLeft = false
    return () => {
      if (hasLeft) return
      hasLeft = true
      const left = (this.waiting.get(key) ?? 1) - 1
      if (left > 0) this.waiting.set(key, left)
      else this.waiting.delete(key)
    }
  }
}
