import { useRef, useSyncExternalStore } from 'react'

/** A value that changes and says so. Values are never changed in place. */
export class Store<T> {
  #value: T
  readonly #listeners = new Set<() => void>()

  constructor(initial: T) {
    this.#value = initial
  }

  get = (): T => this.#value

  set = (change: (value: T) => T): void => {
    const next = change(this.#value)
    if (Object.is(next, this.#value)) return
    this.#value = next
    for (const listener of [...this.#listeners]) listener()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The part of a store that a component shows; it renders again only when that part changes. */
export const useStore = <T, S>(
  store: Pick<Store<T>, 'get' | 'subscribe'>,
  select: (value: T) => S,
  isEqual: (a: S, b: S) => boolean = Object.is,
): S => {
  const last = useRef<{ value: S } | null>(null)
  const read = () => {
    const value = select(store.get())
    if (last.current && isEqual(last.current.value, value)) return last.current.value
    last.current = { value }
    return value
  }
  return useSyncExternalStore(store.subscribe, read, read)
}

export const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((item, index) => Object.is(item, b[index])))
