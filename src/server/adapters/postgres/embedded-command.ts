import { type SpawnOptions, spawn } from 'node:child_process'

const MAX_OUTPUT_CHARACTERS = 20_000
const COMMAND_TIMEOUT_MS = 180_000

/** The operating system's user that the database runs as; null is whoever runs Peyk. */
export type RunAs = { uid: number; gid: number } | null

/**
 * Runs one of PostgreSQL's programs to its end. The environment is empty on purpose: the database's processes outlive
 * ours and their environment can be read by others of the same user, so no secret of ours may reach it.
 */
export function runCommand(
  file: string,
  args: string[],
  runAs: RunAs,
  streams: 'pipe' | 'ignore' = 'pipe',
): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    let output = ''
    const options: SpawnOptions = {
      ...runAs,
      cwd: '/',
      env: { LC_ALL: 'C', NODE_ENV: 'production', PATH: '/usr/local/bin:/usr/bin:/bin' },
      stdio: ['ignore', streams, streams],
      timeout: COMMAND_TIMEOUT_MS,
      windowsHide: true,
    }
    const child = spawn(file, args, options)
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-MAX_OUTPUT_CHARACTERS)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}
