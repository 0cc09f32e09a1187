import { useRef, useState } from 'preact/hooks'
import { displayLine } from '../../ui/display-text.ts'
import type { Chat } from './chat.ts'

/** As contract/capabilities.ts has it of websites. */
const MAX_BYTES = 25 * 1024 * 1024
const MAX_FILES = 10

export interface Carried {
  key: number
  id: string | null
  name: string
  state: 'uploading' | 'ready' | 'failed' | 'too_large'
}

/** What goes along with the next message: taken in as soon as it is chosen. */
export const useFiles = (chat: Chat) => {
  const [carried, setCarried] = useState<Carried[]>([])
  const last = useRef(0)
  const take = async (file: File) => {
    const key = ++last.current
    const name = displayLine(file.name)
    const isTooLarge = file.size > MAX_BYTES
    const change = (part: Partial<Carried>) =>
      setCarried((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
    setCarried((all) => [...all, { key, id: null, name, state: isTooLarge ? 'too_large' : 'uploading' }])
    if (isTooLarge) return
    const taken = await chat.upload(file)
    change(taken ? { id: taken.id, state: 'ready' } : { state: 'failed' })
  }
  return {
    carried,
    add: (files: File[]) => {
      for (const file of files.slice(0, MAX_FILES - carried.length)) void take(file)
    },
    remove: (key: number) => setCarried((all) => all.filter((one) => one.key !== key)),
    ids: () => carried.flatMap(({ id }) => id ?? []),
    clear: () => setCarried([]),
  }
}
