import type { Attachment } from '../../server/contract/attachment.ts'
import type { ErrorCode } from '../../server/contract/error.ts'

export type UploadError = ErrorCode | 'network'

export interface Sending {
  done: Promise<Attachment>
  abort: () => void
}

/** What kept a file from arriving. */
export class UploadFailed extends Error {
  constructor(readonly code: UploadError) {
    super(code)
  }
}

/** Uploads a file; `onProgress` hears which share of it is through. fetch() cannot tell that, XMLHttpRequest can. */
export function sendFile(file: File, conversationId: string, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Attachment>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () =>
      request.status === 201
        ? resolve(answerOf<Attachment>(request))
        : reject(new UploadFailed(codeOf(request)))
    request.onerror = () => reject(new UploadFailed('network'))
    request.onabort = () => reject(new UploadFailed('network'))
  })
  const name = encodeURIComponent(file.name.replace(/\p{Cs}/gu, ''))
  request.open('POST', `/uploads/${encodeURIComponent(conversationId)}?name=${name}`)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.send(file)
  return { done, abort: () => request.abort() }
}

/** Our own server's answer, which is of the shape that its contract promises. */
const answerOf = <T>(request: XMLHttpRequest): T => JSON.parse(request.responseText) as T

function codeOf(request: XMLHttpRequest): UploadError {
  try {
    return answerOf<{ error_code: string }>(request).error_code.toLowerCase() as ErrorCode
  } catch {
    return 'internal'
  }
}
