import os from 'node:os'
import { defineConfig } from 'vitest/config'

const excluded = ['**/node_modules/**', 'e2e/**', 'dist/**']

export default defineConfig({
  test: {
    // vitest leaves one core idle, which on a machine of two is half of it.
    maxWorkers: Math.max(os.availableParallelism() - 1, 2),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
          exclude: [...excluded, '**/*.it.test.ts'],
          testTimeout: 20_000,
          // No test here changes a module's state; loading all of them anew for every file took half of the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['src/**/*.it.test.ts'],
          exclude: excluded,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: ['src/server/adapters/prisma/template-database.testing.ts'],
        },
      },
    ],
  },
})
