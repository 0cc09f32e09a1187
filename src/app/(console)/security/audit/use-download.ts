import { useMutation } from '@tanstack/react-query'
import { fetchFile } from '../../fetch-file.ts'

/** The log as a file, filtered as it is shown. */
export const useDownload = (query: string) =>
  useMutation({ mutationFn: () => fetchFile(`/downloads/audit-log?${query}`) })
