import { DOOR, type Door } from '../../server/contract/door.ts'

/** The server's side of the door. It is there only where the server itself started Next, not during a build. */
export const door = (): Door => {
  const opened = (globalThis as unknown as Record<symbol, Door | undefined>)[DOOR]
  if (!opened) throw new Error('Pages can be answered only by the running server.')
  return opened
}
