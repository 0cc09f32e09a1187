import type { Message } from './message.ts'

/** What HEAD said of media; `url` is where the first file is, or null. */
export const legacyMedia = ({ attachments = [] }: Message, url: string | null) => {
  const [first] = attachments
  const status =
    first?.state === 'pending' || first?.state === 'failed' ? first.state : ('completed' as const)
  return { media_url: url, media_file: null, processing_status: status, transcription: null }
}
