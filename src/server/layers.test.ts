import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const isTest = (file: string) => /\.(test|suite|testing|fixture|spec)\.tsx?$/.test(file)

/** Who may import what, as docs/ARCHITECTURE.md draws it. `$1` is what the first pattern caught; `type:` is `import type`. */
const ARROWS: [from: RegExp, to: string[]][] = [
  [/^src\/server\/contract\//, ['src/server/contract/', 'zod']],
  [
    /^src\/server\/core\//,
    ['src/server/(contract|core)/', '(?!next|@trpc|ws$|@prisma|ioredis|pg$|node:http)'],
  ],
  [
    /^src\/server\/transports\/([^/]+)\//,
    ['src/server/(contract|core|transports/$1)/', 'src/server/transports/[^/]+$', ''],
  ],
  [/^src\/server\/transports\/[^/]+$/, ['src/server/(contract|core|transports)/', '']],
  [
    /^src\/server\/adapters\/([^/]+)\//,
    [
      'src/server/core/(ports(/|.ts)|errors.ts)',
      'src/server/(contract|adapters/$1)/',
      'src/server/adapters/[^/]+$',
      '',
    ],
  ],
  [
    /^src\/server\/adapters\/[^/]+$/,
    ['src/server/core/(ports(/|.ts)|errors.ts)', 'src/server/contract/', ''],
  ],
  [/^src\/server\/emulators\/([^/]+)\//, ['src/server/emulators/$1/', 'src/server/emulators/[^/]+$', '']],
  [/^src\/server\/emulators\/[^/]+$/, ['src/server/emulators/[^/]+$', '']],
  [/^src\/server\/((?!env\.ts|log\.ts)[^/]+$|(cli|container|demo)\/)/, ['src/server/', '']],
  [/^src\/server\/(env|log)\.ts$/, ['src/server/(contract/|core/ports/|redact)', '']],
  [
    /^(server\.ts|prisma\/seed\.ts)$/,
    [
      'src/server/(contract/|container|demo.ts|transports.ts|http-server.ts|env.ts|log.ts|last-resort.ts|metrics.ts|idle-collection.ts)',
      '',
    ],
  ],
  [/^src\/components\//, ['src/components/', 'src/server/contract/', '']],
  [
    /^src\/app\//,
    ['src/(app|components)/', 'src/server/contract/', 'type:src/server/transports/trpc/router.ts', ''],
  ],
  [/^(e2e|bench)\//, ['$1/', 'src/server/contract/', 'bin/', '']],
]

const IMPORT =
  /^(?:import|export)\b(\s+type\b)?[^'"]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/gm

interface Import {
  from: string
  to: string
  isType: boolean
}

const importsOf = (from: string, text: string): Import[] =>
  [...text.matchAll(IMPORT)].map(([, type, named, bare]) => {
    const to = named ?? bare ?? ''
    const isOurs = to.startsWith('.')
    return { from, to: isOurs ? path.posix.join(path.posix.dirname(from), to) : to, isType: Boolean(type) }
  })

// An empty pattern lets every package in; it never lets in a file of ours.
const isDrawn = ({ from, to, isType }: Import): boolean => {
  const isOurs = /^(src|bin|prisma|e2e|bench)\/|^server\.ts$/.test(to)
  return ARROWS.some(([pattern, targets]) => {
    const caught = pattern.exec(from)
    return (
      caught && targets.some((target) => allows(target.replace('$1', caught[1] ?? ''), to, isOurs, isType))
    )
  })
}

const allows = (target: string, to: string, isOurs: boolean, isType: boolean) => {
  if (target.startsWith('type:')) return isType && to === target.slice('type:'.length)
  const isForFiles = /^(src|bin|e2e|bench)\//.test(target)
  return isForFiles === isOurs && new RegExp(`^(?:${target})`).test(to)
}

const listFiles = (folder: string): string[] =>
  !existsSync(path.join(root, folder))
    ? []
    : readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
        .filter((file) => /\.tsx?$/.test(file) && !isTest(file) && !file.includes('/generated/'))

const single = ['server.ts', 'prisma/seed.ts'].filter((file) => existsSync(path.join(root, file)))
const sources = [...['src', 'e2e', 'bench'].flatMap(listFiles), ...single].map((file) => ({
  file,
  text: readFileSync(path.join(root, file), 'utf8'),
}))

const offenders = (pattern: RegExp, isConcerned: (file: string) => boolean) =>
  sources.filter(({ file, text }) => isConcerned(file) && pattern.test(text)).map(({ file }) => file)

describe('the layers', () => {
  it('import only along the arrows that are drawn', () => {
    const imports = sources.flatMap(({ file, text }) => importsOf(file, text))
    expect(imports.length).toBeGreaterThan(500)
    const wrong = imports.filter((one) => !isDrawn(one)).map(({ from, to }) => `${from} -> ${to}`)
    expect(wrong).toEqual([])
  })

  it.each([
    ['src/server/contract/message.ts', "import { send } from '../core/messages/send.ts'"],
    ['src/server/contract/message.ts', "import { Pool } from 'pg'"],
    ['src/server/core/messages/send.ts', "import { Redis } from 'ioredis'"],
    ['src/server/core/messages/send.ts', "export { bus } from '../../adapters/memory/bus.ts'"],
    ['src/server/core/live/feed.ts', "const { createServer } = await import('node:http')"],
    ['src/server/transports/ws/connection.ts', "import { page } from '../rest/page.ts'"],
    ['src/server/transports/ws/connection.ts', "import '../../container.ts'"],
    ['src/server/adapters/redis/bus.ts', "import type { Ctx } from '../../core/context.ts'"],
    ['src/server/adapters/redis/bus.ts', "import { pool } from '../prisma/pool.ts'"],
    ['src/server/emulators/telegram/start.ts', "import { Message } from '../../contract/message.ts'"],
    ['src/server/emulators/instagram/start.ts', "import { Bot } from '../telegram/world/bot.ts'"],
    ['src/server/emulators/event-streams.ts', "import type { Chat } from './telegram/world/chat.ts'"],
    ['src/server/emulators/read-body.ts', "import { DomainError } from '../core/errors.ts'"],
    ['src/server/emulators/read-body.ts', "import { readBytes } from '../transports/read-bytes.ts'"],
    ['src/app/layout.tsx', "import { appRouter } from '../server/transports/trpc/router.ts'"],
    ['src/components/chat/composer.tsx', "import { feed } from '../../app/_client/feed.ts'"],
    ['e2e/support/people.ts', "import {\n  container,\n} from '../../src/server/container.ts'"],
  ])('refuse, in %s, %s', (file, text) => {
    expect(importsOf(file, text).map(isDrawn)).toEqual([false])
  })

  it('read the environment in env.ts alone', () => {
    const isConcerned = (file: string) => !file.startsWith('e2e/') && !file.startsWith('bench/')
    const found = offenders(/\bprocess\.env\b|\benv\b[^'"\n]*from 'node:process'/, isConcerned)
    expect(found).toEqual(['src/server/env.ts'])
  })

  it('leave the time to the clock that the core is given', () => {
    const found = offenders(/\bDate\.now\(|\bnew Date\(\)/, (file) => file.startsWith('src/server/core/'))
    expect(found).toEqual([])
  })
})
