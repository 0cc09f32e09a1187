import { defineConfig } from 'vitest/config'

const excluded = ['**/node_modules/**', 'e2e/**', 'dist/**']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
          exclude: [...excluded, '**/*.it.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['src/**/*.it.test.ts'],
          exclude: excluded,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
