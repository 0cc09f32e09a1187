import { z } from 'zod'
import { Instant } from './customer.ts'
import { IntId } from './ids.ts'
import { storableText } from './text.ts'

/** Most pages' origins that one website may have. */
export const MAX_ORIGINS = 50
const MAX_ORIGIN = 300

/** Scheme, host and port, exactly as a browser spells them in `Origin`. */
export const PageOrigin = z
  .string()
  .max(MAX_ORIGIN)
  .refine((text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text, {
    message: 'An origin is scheme, host and port, such as https://shop.example',
  })
export type PageOrigin = z.infer<typeof PageOrigin>

const Origins = z
  .array(PageOrigin)
  .max(MAX_ORIGINS)
  .transform((origins) => [...new Set(origins)])

export const WebsiteName = storableText(60).refine((text) => text.trim() !== '', 'Give the website a name.')

/** How the widget looks and what it says by itself. Empty texts say nothing. */
export const WebsiteLook = z.object({
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'A colour is # and six hexadecimal digits.')
    .default('#0e7c86'),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  position: z.enum(['left', 'right']).default('right'),
  /** `auto` follows the page, then the browser. */
  language: z.enum(['auto', 'fa', 'en']).default('auto'),
  greeting: storableText(300).default(''),
  /** When an answer is to be expected, in the shop's own words. */
  replyTime: storableText(120).default(''),
  /** Said while nobody is there. */
  away: storableText(300).default(''),
})
export type WebsiteLook = z.infer<typeof WebsiteLook>

/** What people set for a website: its channel's `settings`. */
export const WebsiteSettings = WebsiteLook.extend({
  allowedOrigins: Origins.default([]),
  /** Only visitors whose identity is proved may write. */
  isIdentityEnforced: z.boolean().default(false),
})
export type WebsiteSettings = z.infer<typeof WebsiteSettings>

/** A website as whoever manages channels sees it. Its identity secret is shown apart. */
export const Website = z.object({
  id: IntId,
  name: z.string(),
  siteKey: z.string(),
  snippet: z.string(),
  settings: WebsiteSettings,
  createdAt: Instant,
})
export type Website = z.infer<typeof Website>

export const ConnectWebsite = z.object({
  source: z.literal('website'),
  name: WebsiteName,
  allowed_origins: Origins,
})
export type ConnectWebsite = z.infer<typeof ConnectWebsite>

export const GetWebsite = z.object({ channelId: IntId })
export type GetWebsite = z.infer<typeof GetWebsite>

export const ChangeWebsite = z.object({ channelId: IntId, name: WebsiteName, settings: WebsiteSettings })
export type ChangeWebsite = z.infer<typeof ChangeWebsite>

export const IdentitySecret = z.object({ secret: z.string() })
export type IdentitySecret = z.infer<typeof IdentitySecret>
