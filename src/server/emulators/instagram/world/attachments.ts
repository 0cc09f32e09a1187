import { invalidInput } from '../../control-error.ts'
import type { NewAttachment, SampleKind } from '../control-types.ts'
import type { MediaStore } from './media.ts'
import { SAMPLES } from './samples.ts'
import type { StoredAttachment } from './thread.ts'

const LOOKS: Record<string, SampleKind> = {
  video: 'video',
  ig_reel: 'video',
  reel: 'video',
  audio: 'audio',
  file: 'file',
}
const MAX_ATTACHMENTS = 10
// Of these Instagram tells no more than that they are there.
const BARE = new Set(['ephemeral', 'like_heart'])

export function publishAll(media: MediaStore, inputs: readonly NewAttachment[]): StoredAttachment[] {
  if (inputs.length > MAX_ATTACHMENTS) throw invalidInput(`at most ${MAX_ATTACHMENTS} attachments`)
  return inputs.map((input) => publish(media, input))
}

function publish(media: MediaStore, input: NewAttachment): StoredAttachment {
  if (input.type === '') throw invalidInput('an attachment has a type')
  const shown = { type: input.type, title: input.title ?? null, reelVideoId: input.reelVideoId ?? null }
  const bare = input.bare ?? BARE.has(input.type)
  const url = input.url ?? null
  if (bare || url !== null) return { ...shown, assetId: null, mediaId: null, url: bare ? null : url }
  const mediaId = input.mediaId ?? null
  const sample = input.sample ?? LOOKS[input.type] ?? 'image'
  const assetId = media.publish(mediaId === null ? SAMPLES[sample] : media.getUpload(mediaId))
  return { ...shown, assetId, mediaId, url: null }
}

export function withdrawAll(media: MediaStore, attachments: readonly StoredAttachment[]): void {
  for (const { assetId } of attachments) if (assetId !== null) media.withdraw(assetId)
}
