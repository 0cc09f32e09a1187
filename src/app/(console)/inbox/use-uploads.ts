import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { formatsOf } from '../../../components/chat/time.ts'
import type { TrayItem } from '../../../components/chat/upload-tray.tsx'
import { kindOfType, kindOn } from '../../../server/contract/attachment-kind.ts'
import { CAPABILITIES } from '../../../server/contract/capabilities.ts'
import type { Source } from '../../../server/contract/customer.ts'
import { MAX_ATTACHMENTS } from '../../../server/contract/limits.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import type { UploadError } from '../../_client/send-file.ts'
import { sameItems, useStore } from '../../_client/store.ts'
import { canRetry } from '../../_client/uploads.ts'
import { complain } from '../complain.ts'

/** What the channel's table says of a file before anybody looked into it; the server looks. */
function refusalOf({ type, size }: File, source: Source | undefined): UploadError | null {
  if (!source) return null
  const mime = type || 'application/octet-stream'
  const kind = kindOn(CAPABILITIES[source], { kind: kindOfType(mime), mime, size })
  return kind === 'too_large' ? kind : kind === null ? 'invalid_input' : null
}

/** The files of a conversation's next message. */
export const useUploads = (conversationId: string, source: Source | undefined) => {
  const { uploads, fileLinks } = useConsole()
  const t = useTranslations('chat.upload')
  const { number } = formatsOf(useLocale())
  const entries = useStore(
    uploads.entries,
    (all) => all.filter((entry) => entry.conversationId === conversationId),
    sameItems,
  )
  const links = useStore(fileLinks.held, (held) => held)
  useEffect(() => {
    fileLinks.want(entries.flatMap(({ attachment }) => (attachment?.hasThumb ? [attachment.id] : [])))
  }, [fileLinks, entries])
  const items = entries.map((entry): TrayItem => {
    const { key, name, size, progress, state, error, attachment } = entry
    const thumbUrl = attachment ? (links.get(attachment.id)?.thumbUrl ?? null) : null
    return { key, name, size, progress, state, error, canRetry: canRetry(entry), thumbUrl }
  })
  const add = (files: readonly File[]) => {
    const left = files.length > 0 ? uploads.add(conversationId, files, (file) => refusalOf(file, source)) : 0
    if (left > 0) complain(t('tooMany', { count: left, shown: number(left), max: number(MAX_ATTACHMENTS) }))
  }
  return {
    items,
    add: source && Object.keys(CAPABILITIES[source].media).length > 0 ? add : null,
    isBusy: entries.some(({ state }) => state === 'uploading'),
    hasFailed: entries.some(({ state }) => state === 'failed'),
    retry: (key: string) => uploads.retry(key),
    remove: (key: string) => uploads.remove(key),
    take: () => uploads.take(conversationId),
  }
}
