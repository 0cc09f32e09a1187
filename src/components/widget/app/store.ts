import { useEffect, useState } from 'preact/hooks'

/** A value that its readers are told of when it changes. */
export class Store<T> {
  private readonly listeners = new Set<() => void>()

  constructor(private value: T) {}

  get(): T {
    return this.value
  }

  set(change: Partial<T>) {
    this.value = { ...this.value, ...change }
    for (const listener of [...this.listeners]) listener()
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

export function useStore<T>(store: Store<T>): T {
  const [, redraw] = useState(0)
  useEffect(() => store.subscribe(() => redraw((count) => count + 1)), [store])
  return store.get()
}
