import { timingSafeEqual } from 'node:crypto'
import type { FileLink, ListFileLinks } from '../../contract/files.ts'
import type { Message } from '../../contract/message.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Attachments, StoredAttachment } from '../ports/attachments.ts'
import type { Ports } from '../ports.ts'
import { senderOf } from './upload.ts'

const MINUTE_MS = 60_000
/** Addresses made within one step are the same, so that browsers keep what they have; each lives for one to two steps. */
const STEP_MS = 30 * MINUTE_MS
/** Beyond this no address is believed, whoever signed it. */
export const MAX_LIFE_MS = 2 * STEP_MS

export type Variant = 'full' | 'thumb'

type SignCtx = Pick<Ports, 'tokens' | 'clock'>

/**
 * Addresses of files, for a while. A message carries none: it is one event for all its readers, and outlives every address.
 * Files that the member may not see are left out.
 */
export async function listFileLinks(ctx: MemberCtx, input: ListFileLinks): Promise<FileLink[]> {
  const found = await ctx.attachments.list([ctx.actor.workspaceId], input.ids)
  const uploader = senderOf(ctx.actor)
  return found
    .filter(
      ({ state, messageId, uploader: whose }) =>
        state === 'ready' && (messageId !== null || whose === uploader),
    )
    .map((attachment) => linkOf(ctx, attachment))
}

function linkOf(ctx: SignCtx, { id, hasThumb }: StoredAttachment): FileLink {
  const expires = expiryOf(ctx.clock.now())
  return {
    id,
    url: pathOf(ctx, { id, variant: 'full', expires }),
    thumbUrl: hasThumb ? pathOf(ctx, { id, variant: 'thumb', expires }) : null,
    expiresAt: new Date(expires).toISOString(),
  }
}

const expiryOf = (now: number): number => (Math.floor(now / STEP_MS) + 2) * STEP_MS

/** An address for somebody outside: a platform that fetches what we send, or a program. */
export const publicFileUrl = (
  ctx: SignCtx & Pick<Ports, 'settings'>,
  id: string,
  variant: Variant = 'full',
): string => ctx.settings.publicUrl + pathOf(ctx, { id, variant, expires: expiryOf(ctx.clock.now()) })

/** Where the first file of a message is, for clients that are told it with the message; null where there is none to be had. */
export function mediaUrlOf(ctx: SignCtx & Pick<Ports, 'settings'>, { attachments }: Message): string | null {
  const [first] = attachments ?? []
  return first?.state === 'ready' ? publicFileUrl(ctx, first.id) : null
}

interface Signed {
  id: string
  variant: Variant
  expires: number
}

function pathOf(ctx: SignCtx, signed: Signed): string {
  const query = new URLSearchParams({ e: String(signed.expires), s: signatureOf(ctx, signed) })
  if (signed.variant === 'thumb') query.set('v', 'thumb')
  return `/files/${signed.id}?${query}`
}

const signatureOf = ({ tokens }: SignCtx, { id, variant, expires }: Signed): string =>
  tokens.keyedDigest(`file:${id}:${variant}:${expires}`)

/**
 * The file that a signed address means. A forged address, an expired one and one of a file that is not there are told
 * nothing apart: not_found.
 */
export async function openFile(
  ctx: SignCtx & { attachments: Attachments },
  asked: Signed & { signature: string },
): Promise<StoredAttachment> {
  const left = asked.expires - ctx.clock.now()
  const isSigned = isSame(asked.signature, signatureOf(ctx, asked)) && left > 0 && left <= MAX_LIFE_MS
  const found = isSigned ? await ctx.attachments.find(asked.id) : null
  if (found?.state === 'ready' && (asked.variant === 'full' || found.hasThumb)) return found
  throw new DomainError('not_found', 'There is no such file')
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
