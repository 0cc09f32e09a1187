import type { Ports } from '../ports.ts'
import { thumbKey } from './take-in.ts'

const HOUR_MS = 3_600_000
/** Whoever began to write a file before its row went has ended by then. */
const LATE_WRITE_MS = HOUR_MS
const UNSENT_MS = 24 * HOUR_MS
const GROUP = 200

type FilesCtx = Pick<Ports, 'attachments' | 'files' | 'clock'>

/** Removes files whose rows are gone; answers how many. One that cannot be removed now is tried again in the next round. */
export async function removeFiles(
  { attachments, files, clock }: FilesCtx,
  isEnding: () => boolean = () => false,
): Promise<number> {
  const before = clock.now() - LATE_WRITE_MS
  for (let removed = 0; ; ) {
    const group = await attachments.removals(before, GROUP)
    for (const removal of group) {
      for (const key of [removal.key, thumbKey(removal.key)]) await files.remove(key)
      await attachments.endRemoval(removal)
    }
    removed += group.length
    if (group.length < GROUP || isEnding()) return removed
  }
}

/** The hourly round: what was uploaded and never sent, what was never written to its end, and files whose rows are gone. */
export async function tidyFiles(ctx: FilesCtx, isEnding: () => boolean = () => false): Promise<void> {
  const before = ctx.clock.now() - UNSENT_MS
  while (!isEnding() && (await ctx.attachments.expireUnsent(before, GROUP)) >= GROUP);
  await ctx.files.sweep(before)
  await removeFiles(ctx, isEnding)
}
