import type { Ports } from '../ports.ts'
import { Rounds } from '../rounds.ts'
import { removeFiles } from './remove-files.ts'

const EVERY_MS = 15_000

type KeeperPorts = Pick<Ports, 'attachments' | 'files' | 'clock' | 'log'>

/** Removes files soon after their rows went, whoever removed those; any node may do it, and several at once. */
export const createFileKeeper = (ports: KeeperPorts): Rounds =>
  new Rounds(
    EVERY_MS,
    (isEnding) => removeFiles(ports, isEnding),
    (err) => ports.log.warn({ err }, 'Files could not be removed'),
  )
