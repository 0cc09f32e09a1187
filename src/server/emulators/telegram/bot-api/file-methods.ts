import type { File } from '@grammyjs/types'
import { type FileRef, readFileId, uniqueFileIdOf } from '../files/file-ids.ts'
import type { StoredFile } from '../files/file-store.ts'
import { THUMBNAIL } from '../files/samples.ts'
import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'

const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
const THUMBNAIL_BYTES = Buffer.from(THUMBNAIL.base64, 'base64')

export const getFile: Method = { name: 'getFile', run: prepareDownload }

function prepareDownload(call: Call): Answer {
  const { world, params } = call
  const fileId = params.text('file_id')
  if (fileId === '') throw badRequest('file_id not specified')
  const { ref, file } = findFile(call, fileId)
  const isWhole = ref.variant === 0
  if (isWhole && file.size > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big')
  const result: File = {
    file_id: fileId,
    file_unique_id: uniqueFileIdOf(ref.kind, file, ref.variant),
    file_size: isWhole ? file.size : THUMBNAIL_BYTES.length,
    file_path: world.downloads.grant(
      ref,
      isWhole ? file.mime : THUMBNAIL.mime,
      world.surroundings.clock.now(),
    ),
  }
  return { result }
}

/** The file that the id names, if it is this bot's and still there. */
function findFile({ world, bot }: Call, fileId: string): { ref: FileRef; file: StoredFile } {
  const ref = readFileId(fileId)
  if (ref === null) throw badRequest('invalid file_id')
  const found = world.files.find(ref.fileKey)
  const isTheirs = ref.botId === bot.id && ref.epoch === world.files.epoch
  if (!isTheirs || found === null) throw badRequest('wrong file_id or the file is temporarily unavailable')
  return { ref, file: found.file }
}

/** The bytes to send for a path that was granted. A file that is only said to be large is padded with zeros. */
export function downloadBytes({ world }: Pick<Call, 'world'>, ref: FileRef): Buffer | null {
  if (ref.variant > 0) return THUMBNAIL_BYTES
  const found = world.files.find(ref.fileKey)
  if (found === null) return null
  const { file, bytes } = found
  if (file.size === bytes.length) return bytes
  return Buffer.concat([bytes, Buffer.alloc(file.size - bytes.length)])
}
