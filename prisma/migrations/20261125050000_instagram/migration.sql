-- What Prisma's schema language cannot say.

-- Whether a person wrote it is known by its sender: what was stored in time may be handed over late, under the tag for people.
-- Deliveries with all that handing them over needs. A message is read after its delivery is claimed: an edit comes before, or is queued behind.
CREATE OR REPLACE FUNCTION delivery_details(in_ids bigint[]) RETURNS SETOF jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', d.id::text, 'attempt', d.attempts, 'tried', d.tried, 'triedSince', d.tried_since, 'isAwaitingEcho', d.next IS NOT DISTINCT FROM 'echo',
    'workspaceId', d.workspace_id, 'conversationId', d.conversation_id, 'messageId', d.message_id, 'channelId', d.channel_id, 'customerId', d.customer_id,
    'recipient', COALESCE(k.source_id, ''), 'source', k.source, 'op', d.op, 'content', m.content, 'providerId', m.provider_id, 'isDeleted', m.deleted_at IS NOT NULL,
    'attachment', m.extras->'attachments'->0, 'replyTo', r.provider_id, 'isHumanAgent', k.source = 'instagram' AND m.type = 'support' AND m.sender LIKE 'user:%',
    'emoji', d.body->>'emoji',
    'sendState', CASE WHEN d.op <> 'send' THEN (SELECT s.state FROM delivery s WHERE s.message_id = d.message_id AND s.op = 'send' ORDER BY s.id DESC LIMIT 1) END,
    'lastCustomerAt', CASE WHEN k.source = 'instagram' THEN
      (SELECT u.created_at FROM message u WHERE u.conversation_id = d.conversation_id AND u.type = 'customer' ORDER BY u.seq DESC LIMIT 1) END)
  FROM delivery d JOIN customer k ON k.id = d.customer_id JOIN message m ON m.id = d.message_id LEFT JOIN message r ON r.id = m.reply_to_id
  WHERE d.id = ANY (in_ids) ORDER BY d.next_at, d.id $$;
