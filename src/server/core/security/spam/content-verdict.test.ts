import { describe, expect, it } from 'vitest'
import { contentVerdict } from './content-verdict.ts'

const SPAM = 'A'.repeat(22)
const varied = (length: number) => 'the quick brown fox '.repeat(60).slice(0, length)
const everything = { isOverRate: true, detectSpam: true, isUnauthorized: true }

describe('the verdict on a text', () => {
  it.each([null, undefined, '', ' \t\n', '\u001c\u0085'])(
    'calls %j empty before anything else',
    (content) => {
      expect(contentVerdict(content, everything)).toEqual({ valid: false, reason: 'Empty content' })
    },
  )

  it('calls it too long before the rate, counting code points of the text as sent', () => {
    const tooLong = { valid: false, reason: 'Content too long' }
    expect(contentVerdict(varied(1001), everything)).toEqual(tooLong)
    expect(contentVerdict(`a${' '.repeat(1000)}`, everything)).toEqual(tooLong)
    expect(contentVerdict(varied(1000)).valid).toBe(true)
    expect(contentVerdict('😀🎉🌹👍🙏'.repeat(200)).valid).toBe(true)
  })

  it('names the rate before spam, and spam before a foreign conversation', () => {
    expect(contentVerdict(SPAM, everything).reason).toBe('Rate limit exceeded')
    expect(contentVerdict(SPAM, { isUnauthorized: true }).reason).toBe('Potential spam detected')
    expect(contentVerdict('hello', { isUnauthorized: true }).reason).toBe('Unauthorized conversation access')
  })

  it('does not look for spam where that is switched off', () => {
    expect(contentVerdict(SPAM, { detectSpam: false })).toEqual({ valid: true, reason: 'Content validated' })
    expect(contentVerdict(SPAM).valid).toBe(false)
  })

  it('lets an ordinary text through', () => {
    expect(contentVerdict('سلام')).toEqual({ valid: true, reason: 'Content validated' })
  })
})
