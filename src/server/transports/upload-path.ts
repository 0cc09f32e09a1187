/** Where files are taken in: the console's way and the programs'. */
const UPLOAD = /^\/(?:uploads\/[^/?]+|api\/v1\/message\/conversation\/[^/?]+\/attachments)\/?(?:\?|$)/

/** True of a request that may take minutes, for it brings a file. */
export const isUpload = ({ method, url = '' }: { method?: string; url?: string }): boolean =>
  method === 'POST' && UPLOAD.test(url)
