import { ControlError } from './control-error.ts'

export function requireRoom(size: number, max: number, what: string): void {
  if (size >= max) throw new ControlError(503, `too_many_${what}`, `there is no room for more ${what}`)
}
