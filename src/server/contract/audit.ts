import { z } from 'zod'
import { Instant } from './customer.ts'

/** What people and programs do that others may ask about later. Names are stored and never change their meaning. */
export const AuditAction = z.enum([
  'member.invited',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'member.password_link_made',
  'account.password_changed',
  'account.password_reset',
  'account.two_factor_enabled',
  'account.two_factor_disabled',
  'account.recovery_codes_renewed',
  'account.recovery_code_used',
  'account.deleted',
  'session.revoked',
  'token.printed',
  'connection.ended',
  'channel.connected',
  'channel.reconnected',
  'channel.disconnected',
  'channel.changed',
  'channel.repaired',
  'channel.identity_secret_shown',
  'channel.identity_secret_rotated',
  'key.created',
  'key.revoked',
  'bot.switched',
  'blacklist.added',
  'blacklist.removed',
  'limit.cleared',
  'message.released',
  'message.discarded',
  'message.edited',
  'message.taken_back',
  'conversation.deleted',
  'customer.deleted',
  'customer.exported',
  'customer.erased',
  'retention.changed',
  'retention.applied',
  'encryption.rotated',
  'instance.claimed',
])
export type AuditAction = z.infer<typeof AuditAction>

/** Who did it: a person, a program with a key, the command line, or the system by itself. */
export const AuditActor = z.object({
  kind: z.enum(['member', 'key', 'cli', 'system']),
  id: z.number().int().nullable(),
  name: z.string(),
})
export type AuditActor = z.infer<typeof AuditActor>

/** One line of the audit log. `target` is spelled "user:7", "channel:3", "network:203.0.113.9/32". */
export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  actor: AuditActor,
  action: AuditAction,
  target: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  address: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const MAX_AUDIT_PAGE = 100

/** Newest first; `before` is the id of the last entry of the page before. */
export const ListAudit = z.object({
  /** The workspace's own entries, or those of the instance. */
  scope: z.enum(['workspace', 'instance']).default('workspace'),
  action: AuditAction.optional(),
  /** With `actorId`: people and keys are numbered apart. */
  actorKind: AuditActor.shape.kind.optional(),
  actorId: z.number().int().optional(),
  since: Instant.optional(),
  until: Instant.optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.number().int().min(1).max(MAX_AUDIT_PAGE).default(50),
})
export type ListAudit = z.infer<typeof ListAudit>

/** `next` is the `before` of the page after it, null at the end. */
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() })
export type AuditPage = z.infer<typeof AuditPage>
