import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const generated = path.join(root, 'src/server/adapters/prisma/generated')

const SOURCES = ['src', 'prisma', 'public', 'bin/build.mjs', 'server.ts', 'package.json', 'package-lock.json']
const SETTINGS = ['tsconfig.json', 'next.config.js', 'postcss.config.mjs', 'prisma.config.ts']
const CLIENT_SOURCES = ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']
const OUTPUTS = [
  'dist/server.mjs',
  'dist/widget/widget.js',
  '.next/BUILD_ID',
  'src/server/adapters/prisma/generated/client.ts',
]

/** A hash over the content of everything that the build reads. */
export function sourceStamp() {
  return hashOf([...SOURCES, ...SETTINGS])
}

export function clientStamp() {
  return hashOf(CLIENT_SOURCES)
}

export function isBuilt() {
  if (!OUTPUTS.every((file) => existsSync(path.join(root, file)))) return false
  return readStamp(path.join(root, 'dist/build-stamp')) === sourceStamp()
}

export function isClientGenerated() {
  return readStamp(path.join(generated, 'stamp')) === clientStamp()
}

export function writeBuildStamp(stamp) {
  writeFileSync(path.join(root, 'dist/build-stamp'), stamp)
}

export function writeClientStamp(stamp) {
  writeFileSync(path.join(generated, 'stamp'), stamp)
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((name) => listFiles(path.join(root, name)))) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function listFiles(target) {
  if (!existsSync(target) || target === generated) return []
  if (!statSync(target).isDirectory()) return isTest(target) ? [] : [target]
  return readdirSync(target)
    .sort()
    .flatMap((name) => listFiles(path.join(target, name)))
}

function isTest(file) {
  return /\.(test|suite|fixture|testing)\.tsx?$/.test(file)
}
