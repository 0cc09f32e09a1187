import { describe, expect, it } from 'vitest'
import { readEnv } from './env.ts'

const read = (source: Record<string, string>) => readEnv({ NODE_ENV: 'test', ...source })

const sentenceOf = (source: Record<string, string>) => {
  try {
    read(source)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('the settings', () => {
  it('have the defaults that the documents tell', () => {
    expect(read({})).toMatchObject({
      PORT: 8000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      ACCESS_TTL_DAYS: 7,
      REFRESH_TTL_DAYS: 15,
      EXTERNAL_SEND_WAIT_MS: 5000,
      EVENT_RETENTION_DAYS: 7,
      ALLOW_REGISTRATION: true,
      LOG_LEVEL: 'info',
    })
  })

  it('count as not set when they are empty', () => {
    expect(read({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 8000 })
  })

  it('are refused all at once, by name, without their values', () => {
    const sentence = sentenceOf({ PORT: 'high', LOG_LEVEL: 'loud', ENCRYPTION_KEY: 'my-secret' })
    expect(sentence).toMatch(/PORT .*ENCRYPTION_KEY .*LOG_LEVEL /)
    expect(sentence).not.toContain('my-secret')
  })

  it('take old keys with commas between, and name the setting alone where one is none', () => {
    const [one, two] = ['ab'.repeat(32), 'CD'.repeat(32)]
    expect(read({ ENCRYPTION_KEY_OLD: `${one}, ${two}` }).ENCRYPTION_KEY_OLD).toEqual([one, two])
    const sentence = sentenceOf({ ENCRYPTION_KEY_OLD: `${one},hunter2` })
    expect(sentence).toContain('ENCRYPTION_KEY_OLD')
    expect(sentence).not.toMatch(/hunter2|abab/)
  })

  it('refuse an address whose password would be taken for its host', () => {
    const sentence = sentenceOf({
      DATABASE_URL: 'postgresql://peyk:hunter@2/x@db/peyk',
      REDIS_URL: 'redis://:a#b@r',
    })
    expect(sentence).toMatch(/DATABASE_URL \(must have its password percent-encoded\), REDIS_URL/)
    expect(sentence).not.toContain('hunter')
    const secrets = { AUTH_SECRET: 'a'.repeat(16), JWT_SECRET: 'j', ENCRYPTION_KEY: 'ab'.repeat(32) }
    const DATABASE_URL = 'postgresql://peyk:hunter%402%2Fx@db/peyk?options=a@b'
    expect(read({ DATABASE_URL, ...secrets }).DATABASE_URL).toBe(DATABASE_URL)
  })

  it('need their secrets with a database of one’s own', () => {
    const sentence = sentenceOf({ DATABASE_URL: 'postgresql://localhost/peyk' })
    expect(sentence).toMatch(/AUTH_SECRET .*JWT_SECRET .*ENCRYPTION_KEY /)
  })

  it('take origins with commas between, and nothing that is none', () => {
    const { ALLOWED_ORIGINS } = read({ ALLOWED_ORIGINS: 'https://a.example, http://b.example:81' })
    expect(ALLOWED_ORIGINS).toEqual(['https://a.example', 'http://b.example:81'])
    expect(sentenceOf({ ALLOWED_ORIGINS: 'a.example' })).toContain('ALLOWED_ORIGINS')
    expect(sentenceOf({ ALLOWED_ORIGINS: 'https://a.example/path' })).toContain('ALLOWED_ORIGINS')
  })
})
