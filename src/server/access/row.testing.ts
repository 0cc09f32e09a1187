import type { Right } from '../contract/rights.ts'
import { hasRight } from '../contract/rights.ts'
import type { Caller, World } from './world.testing.ts'

/** What a call is about: what stands in its path, its query and its body. */
export interface Call {
  params?: (string | number)[]
  query?: string
  body?: unknown
  /** Who may make it, where that is somebody of its own. */
  by?: Caller
}

/** One way in, and who may use it. A way in without a row fails the test. */
export interface Row {
  /** Makes what the call is about, in Ada's workspace. */
  call(world: World): Call | Promise<Call>
  /** Who of the workspace may: everybody, those with a right, whoever runs the instance, or a program that answers as the bot. */
  right?: Right | 'instance' | 'ai'
  /** What those of the workspace get who lack the right; 404 where they would not see the object at all. */
  denied?: 403 | 404
  /** What the same call of a stranger comes to: it is refused, or it reaches what is the stranger's own. */
  stranger: 'refused' | 'own'
  /** A call of the stranger's about their own object, with an object of Ada's inside it. */
  nested?(world: World): Promise<Call>
}

/** Ways in that need nobody: why. */
export interface OpenRow {
  isOpen: string
}

/** Whoever may, at the least; and those of Ada's workspace who may not. */
export function rolesOf(
  world: World,
  right: Row['right'],
): { may: Caller | 'bot'; mayNot: [string, Caller][] } {
  const { ada, adam, amir, ruth } = world
  const all: [string, Caller][] = [
    ['an agent', amir],
    ['an admin', adam],
    ['the owner', ada],
  ]
  if (!right) return { may: amir, mayNot: [] }
  if (right === 'instance') return { may: ruth, mayNot: all }
  if (right === 'ai') return { may: 'bot', mayNot: all }
  const roles = ['agent', 'admin', 'owner'] as const
  const least = roles.findIndex((role) => hasRight(role, right))
  const may = all[least]?.[1]
  if (!may) throw new Error(`Nobody has the right ${right}`)
  return { may, mayNot: all.slice(0, least) }
}
