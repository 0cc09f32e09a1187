import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '../../core/errors.ts'
import type { Passwords } from '../../core/ports/identity.ts'

/** Passwords hashed or waiting to be at one time; each holds a thread and 19 MiB while it runs. */
const MAX_IN_PROGRESS = 64
// OWASP's second choice for argon2id, which is the library's default algorithm.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
// The hash of a random text nobody kept, at the same cost: an unknown person must take as long as a wrong password.
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$B8bvfAl66W7x9/stkvGqvw$H0fvHaY/wou17pMeAMAypDErD6+9xFeomGIxOTMPna8'

/** Passwords as argon2id. */
export function createPasswords(): Passwords {
  let inProgress = 0
  const bounded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (inProgress >= MAX_IN_PROGRESS)
      throw new DomainError('unavailable', 'Too many sign-ins at once: try again')
    inProgress++
    try {
      return await work()
    } finally {
      inProgress--
    }
  }
  return {
    hash: (password) => bounded(() => hash(password, COST)),
    verify: async (stored, password) => {
      const same = await bounded(() => verify(stored ?? NOBODY, password))
      return same && stored !== null
    },
  }
}
