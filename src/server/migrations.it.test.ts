import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

const diff = (...folder: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['bin/schema.mjs', 'diff', ...folder], { cwd: root }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, output: out + err })
    })
  })

const copyOfPrisma = () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'peyk-drift-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(path.join(root, 'prisma'), folder, { recursive: true })
  return folder
}

it('the migrations make exactly the tables of schema.prisma', async () => {
  expect(await diff()).toEqual({ code: 0, output: '' })
})

it('a model without a migration is told, with the SQL that is missing', async () => {
  const folder = copyOfPrisma()
  const schema = path.join(folder, 'schema.prisma')
  writeFileSync(schema, `${readFileSync(schema, 'utf8')}\nmodel Forgotten {\n  id Int @id\n}\n`)
  const { code, output } = await diff(folder)
  expect(code).toBe(2)
  expect(output).toContain('CREATE TABLE "Forgotten"')
})
