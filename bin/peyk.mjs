/** `npm run peyk -- <command>`: the command line, from the build of these very sources, or where there is none from the sources. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { isBuilt, root } from './stamp.mjs'

async function fromSource() {
  const tsx = await import('tsx/esm/api').catch(() => null)
  if (!tsx) throw new Error('There is no build of this version: run npm run build first.')
  tsx.register()
  return 'src/server/cli/main.ts'
}

try {
  process.chdir(root)
  process.env.NODE_ENV ??= 'production'
  const main = isBuilt() ? 'dist/cli.mjs' : await fromSource()
  await import(pathToFileURL(path.join(root, main)).href)
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
