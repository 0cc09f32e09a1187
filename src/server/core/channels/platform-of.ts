import type { Source } from '../../contract/customer.ts'
import { DomainError } from '../errors.ts'
import type { Platform } from '../ports/platform.ts'
import type { Ports } from '../ports.ts'

/** The vendor behind a source; null where there is none to tell, such as for websites. */
export const platformOf = ({ platforms }: Pick<Ports, 'platforms'>, source: Source): Platform | null =>
  source === 'telegram' || source === 'instagram' ? (platforms[source] ?? null) : null

/** The same, where there must be one. Errors: unavailable. */
export function requirePlatform(ctx: Pick<Ports, 'platforms'>, source: Source): Platform {
  const platform = platformOf(ctx, source)
  if (!platform) throw new DomainError('unavailable', `${source} is not served here`)
  return platform
}
