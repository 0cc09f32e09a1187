import { describe, expect, it } from 'vitest'
import { at, attached, contentOf, parse, parseMessage } from './parse.testing.ts'

describe('a message', () => {
  it('carries its names and its exact text', () => {
    expect(parseMessage({ text: ' <b>سلام</b> ' })).toEqual({
      kind: 'message',
      message: {
        at: new Date(at).toISOString(),
        key: expect.stringMatching(/^ig:[\w-]{43}$/),
        providerId: 'm1',
        sourceId: '42',
        firstName: null,
        lastName: null,
        username: null,
        content: ' <b>سلام</b> ',
        kind: 'text',
      },
    })
  })

  it.each([
    ['image', 'image', 'Photo', 'image'],
    ['video', 'video', 'Video', 'video'],
    ['audio', 'voice', 'Voice message', 'voice'],
    ['file', 'file', 'File', 'file'],
  ])('with %s has a file to copy', (type, kind, content, media) => {
    const url = 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=2'
    expect(attached(type, { url })).toMatchObject({ kind, content, media: [{ kind: media, ref: { url } }] })
    expect(attached(type)).toMatchObject({ kind, content })
    expect(attached(type)).not.toHaveProperty('media')
  })

  it('with several files has them all, and its text', () => {
    const one = (index: number) => ({ type: 'image', payload: { url: `https://cdn.example/${index}` } })
    const parsed = contentOf({
      text: 'look',
      attachments: Array.from({ length: 12 }, (_, index) => one(index)),
    })
    expect(parsed).toMatchObject({ content: 'look', kind: 'image' })
    expect(parsed?.media).toHaveLength(10)
  })

  it('that passes on a post or a reel says which, and its link is a page or none', () => {
    const cdn = 'https://lookaside.fbsbx.com/x?signature=y'
    expect(attached('share', { url: cdn })).toMatchObject({
      kind: 'share',
      content: 'Shared post',
      extras: { share: { kind: 'share', title: '', url: null } },
    })
    expect(attached('ig_post', { url: 'https://www.instagram.com/p/abc/', title: 'A cat' })).toMatchObject({
      content: 'A cat',
      extras: { share: { kind: 'post', title: 'A cat', url: 'https://www.instagram.com/p/abc/' } },
    })
    for (const type of ['ig_reel', 'reel'])
      expect(attached(type, { reel_video_id: '1', title: 'A dog', url: cdn })).toMatchObject({
        content: 'A dog',
        extras: { share: { kind: 'reel', title: 'A dog', url: null } },
        media: [{ kind: 'video' }],
      })
    for (const url of ['javascript:alert(1)', 'http://instagram.com/', 'https://instagram.com.evil.example/'])
      expect(attached('share', { url })?.extras?.share?.url).toBeNull()
  })

  it('that answers or mentions a story says so', () => {
    const story = { id: '1', url: 'https://cdn.example/story' }
    expect(contentOf({ text: 'wow', reply_to: { story } })).toMatchObject({
      content: 'wow',
      extras: { story: 'reply' },
    })
    expect(attached('story_mention', { url: story.url })).toMatchObject({
      kind: 'share',
      extras: { story: 'mention' },
      media: [{ ref: { url: story.url } }],
    })
  })

  it('that answers a message names it', () => {
    expect(contentOf({ text: 'yes', reply_to: { mid: 'm0' } })?.replyTo).toEqual({
      providerId: 'm0',
      quoted: null,
      isOwn: true,
    })
    expect(contentOf({ text: 'yes', reply_to: { mid: 'm0', is_self_reply: true } })?.replyTo?.isOwn).toBe(
      false,
    )
  })

  it('that cannot be shown is a placeholder that can be seen', () => {
    expect(contentOf({ is_unsupported: true })).toMatchObject({
      content: 'Unsupported message',
      extras: { placeholder: 'unsupported' },
    })
    expect(attached('ephemeral')).toMatchObject({
      content: 'A photo or video that disappears',
      extras: { placeholder: 'ephemeral' },
    })
    expect(attached('kind_of_next_year', { url: 'https://cdn.example/1' })).toMatchObject({
      content: 'Unsupported message',
      extras: { placeholder: 'kind_of_next_year' },
    })
    expect(attached('toString')).toMatchObject({ extras: { placeholder: 'toString' } })
    expect(contentOf({ something_new: {} })).toMatchObject({ content: 'Unsupported message' })
    expect(attached('like_heart')).toMatchObject({ kind: 'sticker', content: '❤️' })
  })

  it('may be a quick reply or a button that was pressed', () => {
    expect(contentOf({ text: 'Yes', quick_reply: { payload: 'YES' } })).toMatchObject({ content: 'Yes' })
    expect(parse({ postback: { mid: 'm2', title: 'Start', payload: 'GO' } })).toMatchObject({
      kind: 'message',
      message: { content: 'Start', providerId: 'm2', sourceId: '42' },
    })
  })
})
