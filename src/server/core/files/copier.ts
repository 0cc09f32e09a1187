import { MAX_FILE_BYTES } from '../../contract/limits.ts'
import { platformOf } from '../channels/platform-of.ts'
import { MAX_ATTEMPTS, retryDelay } from '../delivery/backoff.ts'
import { isDomainError } from '../errors.ts'
import type { ClaimedCopy, Settlement } from '../ports/attachments.ts'
import type { Ports } from '../ports.ts'
import { Rounds } from '../rounds.ts'
import { takeIn } from './take-in.ts'

/** Files copied by this node at once. */
const AT_ONCE = 4
const LEASE_MS = 5 * 60_000
const SWEEP_MS = 1_000

/** Why a file could not be copied; the console has words for each. */
type CopyFailure = 'gone' | 'too_big' | 'unreadable' | 'unavailable'

type CopierPorts = Pick<Ports, 'attachments' | 'channels' | 'platforms' | 'files' | 'media' | 'feed' | 'log'>

/**
 * Copies files of customers' messages from their platforms, whose addresses hold tokens and end. The message is there
 * before and whatever becomes of them.
 */
export class MediaCopier {
  private readonly underWay = new Set<Promise<void>>()
  private readonly claims: Rounds

  constructor(private readonly ports: CopierPorts) {
    this.claims = new Rounds(
      SWEEP_MS,
      (isEnding) => this.claim(isEnding),
      (err) => ports.log.warn({ err }, 'Files to be copied could not be claimed'),
    )
  }

  start() {
    this.claims.start()
  }

  /** Claims no more and waits for what is under way. */
  async close() {
    await this.claims.close()
    await Promise.all(this.underWay)
  }

  wake() {
    this.claims.run()
  }

  private async claim(isEnding: () => boolean) {
    while (!isEnding() && this.underWay.size < AT_ONCE) {
      const found = await this.ports.attachments.claimCopies(AT_ONCE - this.underWay.size, LEASE_MS)
      for (const claimed of found) this.run(claimed)
      if (found.length === 0) return
    }
  }

  private run(claimed: ClaimedCopy) {
    const running = this.copy(claimed)
      .catch((err) => this.ports.log.warn({ err, attachment: claimed.id }, 'A file could not be copied'))
      .finally(() => {
        this.underWay.delete(running)
        this.claims.run()
      })
    this.underWay.add(running)
  }

  private async copy(claimed: ClaimedCopy) {
    const outcome = await this.outcomeOf(claimed)
    if ('delayMs' in outcome) return this.ports.attachments.postponeCopy(claimed.id, outcome.delayMs)
    // What cannot be cleaned is not kept. (Where the message went meanwhile, the second removal takes what was written.)
    if (outcome.state === 'failed') await this.ports.files.remove(claimed.id)
    const settled = await this.ports.attachments.settle(claimed.id, outcome)
    if (settled) this.ports.feed.publish(settled.workspaceId, settled.event)
  }

  private async outcomeOf(claimed: ClaimedCopy): Promise<Settlement | { delayMs: number }> {
    const { attempt, channelId } = claimed
    const again = (ms: number | null, failure: CopyFailure) =>
      attempt >= MAX_ATTEMPTS ? failed(failure) : { delayMs: ms ?? retryDelay(attempt, Math.random()) }
    const channel = await this.ports.channels.findById(channelId)
    if (!channel) return failed('gone')
    const opened = await platformOf(this.ports, channel.source)?.media?.(
      channel,
      claimed.source,
      MAX_FILE_BYTES,
    )
    if (!opened) return failed('gone')
    if (opened.outcome === 'failed') return failed(opened.reason)
    if (opened.outcome === 'retry') return again(opened.retryAfterMs, 'unavailable')
    const { id, name, kind } = claimed
    try {
      return await takeIn(this.ports, { id, name, kind, bytes: opened.bytes, maxBytes: MAX_FILE_BYTES })
    } catch (error) {
      const failure = failureOf(error)
      return failure ? failed(failure) : again(null, 'unavailable')
    }
  }
}

const failed = (reason: CopyFailure): Settlement => ({ state: 'failed', reason })

/** Null where another try may do better. */
function failureOf(error: unknown): CopyFailure | null {
  if (!isDomainError(error)) return null
  if (error.code === 'too_large') return 'too_big'
  if (error.code === 'not_found') return 'gone'
  return error.code === 'invalid_input' ? 'unreadable' : null
}
