-- What Prisma's schema language cannot say.

-- When the customer last said something: as their platform says where that was long before it came, and so also of what came in
-- another order. No more of them come late together than are looked at.
CREATE FUNCTION last_customer_at(in_conversation text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT max(COALESCE((u.extras->>'saidAt')::timestamptz, u.created_at)) FROM
    (SELECT extras, created_at FROM message WHERE conversation_id = in_conversation AND type = 'customer' ORDER BY seq DESC LIMIT 50) u $$;

-- Deliveries with all that handing them over needs. A message is read after its delivery is claimed: an edit comes before, or is queued behind.
CREATE OR REPLACE FUNCTION delivery_details(in_ids bigint[]) RETURNS SETOF jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', d.id::text, 'attempt', d.attempts, 'tried', d.tried, 'triedSince', d.tried_since, 'isAwaitingEcho', d.next IS NOT DISTINCT FROM 'echo',
    'workspaceId', d.workspace_id, 'conversationId', d.conversation_id, 'messageId', d.message_id, 'channelId', d.channel_id, 'customerId', d.customer_id,
    'recipient', COALESCE(k.source_id, ''), 'source', k.source, 'op', d.op, 'content', m.content, 'providerId', m.provider_id, 'isDeleted', m.deleted_at IS NOT NULL,
    'attachment', m.extras->'attachments'->0, 'replyTo', r.provider_id, 'isHumanAgent', k.source = 'instagram' AND m.type = 'support' AND m.sender LIKE 'user:%',
    'emoji', d.body->>'emoji',
    'sendState', CASE WHEN d.op <> 'send' THEN (SELECT s.state FROM delivery s WHERE s.message_id = d.message_id AND s.op = 'send' ORDER BY s.id DESC LIMIT 1) END,
    'lastCustomerAt', CASE WHEN k.source = 'instagram' THEN last_customer_at(d.conversation_id) END)
  FROM delivery d JOIN customer k ON k.id = d.customer_id JOIN message m ON m.id = d.message_id LEFT JOIN message r ON r.id = m.reply_to_id
  WHERE d.id = ANY (in_ids) ORDER BY d.next_at, d.id $$;

-- Whether a message went under Instagram's tag for people is known when it went: its hour may have passed, or begun anew, since it was written.
CREATE FUNCTION mark_human_agent(d delivery, is_tagged boolean, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE m message;
BEGIN
  UPDATE message v SET extras = CASE WHEN is_tagged THEN COALESCE(v.extras, '{}') || '{"isHumanAgent": true}' ELSE NULLIF(v.extras - 'isHumanAgent', '{}') END
    WHERE v.id = d.message_id AND v.deleted_at IS NULL AND COALESCE(v.extras ? 'isHumanAgent', false) <> is_tagged RETURNING * INTO m;
  IF FOUND THEN PERFORM tell_change(m, at); END IF;
END $$;

CREATE OR REPLACE FUNCTION change_outcome(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE
  r "change" := (false, false, NULL, '{}'); d delivery; became text := x->>'outcome'; why text := x->>'error'; told jsonb := x->'result'; follows text := x->>'next';
  due timestamptz := at + make_interval(secs => COALESCE((x->>'delay_ms')::float8, 0) / 1000); is_there boolean; is_on boolean;
BEGIN
  IF became = 'ambiguous' THEN
    UPDATE delivery_attempt a SET error = why, code = x->>'code', next = 'echo', next_at = due
      WHERE a.delivery_id = (x->>'delivery')::bigint AND a.number = (x->>'attempt')::int AND a.ended_at IS NULL;
  ELSE
    UPDATE delivery_attempt a SET ended_at = at, outcome = became, error = why, code = x->>'code', retry_after_ms = (x->>'retry_after_ms')::int, next = NULL, next_at = NULL
      WHERE a.delivery_id = (x->>'delivery')::bigint AND a.number = (x->>'attempt')::int AND a.ended_at IS NULL;
  END IF;
  IF NOT FOUND THEN RETURN r; END IF;
  r.changed := true;
  IF became IN ('retry', 'stopped') THEN
    SELECT ch.deleted_at IS NULL, ch.is_connect INTO is_there, is_on FROM delivery v JOIN channel ch ON ch.id = v.channel_id WHERE v.id = (x->>'delivery')::bigint;
    IF NOT COALESCE(is_there, false) THEN
      became := 'failed'; follows := NULL; why := not_available(c.source); told := jsonb_build_object('success', false, 'error', why);
    ELSIF NOT is_on THEN
      became := 'queued'; follows := 'reconnection'; why := not_available(c.source); told := jsonb_build_object('success', false, 'error', why, 'pending', true);
    ELSE
      became := 'queued'; follows := COALESCE(follows, 'retry');
    END IF;
    UPDATE delivery_attempt a SET next = follows, next_at = CASE WHEN follows <> 'reconnection' THEN due END
      WHERE a.delivery_id = (x->>'delivery')::bigint AND a.number = (x->>'attempt')::int;
  END IF;
  UPDATE delivery v SET state = (CASE became WHEN 'ambiguous' THEN 'sending' ELSE became END)::"DeliveryState", error = why,
    lease_till = CASE WHEN became = 'ambiguous' THEN due END, next = CASE WHEN became = 'ambiguous' THEN 'echo' ELSE follows END, result = NULLIF(told, '{}'), next_at = due,
    tried = CASE WHEN follows = 'reconnection' THEN 0 ELSE v.tried END, tried_since = CASE WHEN follows <> 'reconnection' OR follows IS NULL THEN v.tried_since END
    WHERE v.id = (x->>'delivery')::bigint RETURNING * INTO d;
  IF x->>'provider' IS NOT NULL AND d.op = 'send' THEN
    UPDATE message SET provider_id = x->>'provider' WHERE id = d.message_id
      AND NOT EXISTS (SELECT 1 FROM message o WHERE o.channel_id = d.channel_id AND o.provider_id = x->>'provider');
  END IF;
  IF d.op <> 'send' THEN PERFORM mark_unreached(d); END IF;
  IF x ? 'human_agent' AND c.erased_at IS NULL THEN PERFORM mark_human_agent(d, (x->>'human_agent')::boolean, at); END IF;
  PERFORM mark_reach(d, CASE WHEN became = 'failed' THEN x->>'unreachable' END, at);
  r.event_seq := tell_delivery(d, at);
  RETURN r;
END $$;
