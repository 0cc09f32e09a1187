-- AlterEnum
ALTER TYPE "DeliveryState" ADD VALUE 'cancelled';

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "behind" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "next" TEXT,
ADD COLUMN     "tried" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "tried_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "delivery_attempt" ADD COLUMN     "code" TEXT,
ADD COLUMN     "next" TEXT,
ADD COLUMN     "next_at" TIMESTAMPTZ(3),
ADD COLUMN     "retry_after_ms" INTEGER;

-- What Prisma's schema language cannot say.

-- The first unfinished delivery of every contact, where it may be handed over: claiming costs what is claimed, however much waits.
CREATE INDEX "delivery_head_idx" ON "delivery" ("channel_id", "next_at", (0)) WHERE "state" = 'queued' AND NOT "behind" AND "next" IS DISTINCT FROM 'reconnection';

UPDATE delivery d SET behind = true WHERE d.state = 'queued' AND d.channel_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM delivery e WHERE e.channel_id = d.channel_id AND e.customer_id = d.customer_id AND e.id < d.id AND e.state IN ('queued', 'sending'));
UPDATE delivery d SET next = 'reconnection' FROM channel ch WHERE ch.id = d.channel_id AND d.state = 'queued' AND NOT ch.is_connect;

-- Everything that queues or finishes a delivery holds its workspace's lock, so that no two change one lane at once.
CREATE FUNCTION promote_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE delivery n SET behind = false WHERE n.behind AND n.id =
    (SELECT v.id FROM delivery v WHERE v.channel_id = OLD.channel_id AND v.customer_id = OLD.customer_id AND v.state IN ('queued', 'sending') ORDER BY v.id LIMIT 1);
  RETURN NULL;
END $$;
CREATE TRIGGER delivery_finished AFTER UPDATE OF state ON delivery FOR EACH ROW
  WHEN (OLD.state IN ('queued', 'sending') AND NEW.state NOT IN ('queued', 'sending')) EXECUTE FUNCTION promote_delivery();
CREATE TRIGGER delivery_deleted AFTER DELETE ON delivery FOR EACH ROW
  WHEN (OLD.state IN ('queued', 'sending')) EXECUTE FUNCTION promote_delivery();

CREATE FUNCTION not_available(in_source "Source") RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT initcap(in_source::text) || ' service not available' $$;

-- Deliveries with all that handing them over needs. A message is read after its delivery is claimed: an edit comes before, or is queued behind.
CREATE FUNCTION delivery_details(in_ids bigint[]) RETURNS SETOF jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', d.id::text, 'attempt', d.attempts, 'tried', d.tried, 'triedSince', d.tried_since, 'isAwaitingEcho', d.next IS NOT DISTINCT FROM 'echo',
    'workspaceId', d.workspace_id, 'conversationId', d.conversation_id, 'messageId', d.message_id, 'channelId', d.channel_id, 'customerId', d.customer_id,
    'recipient', COALESCE(k.source_id, ''), 'source', k.source, 'op', d.op, 'content', m.content, 'providerId', m.provider_id, 'isDeleted', m.deleted_at IS NOT NULL,
    'attachment', m.extras->'attachments'->0, 'replyTo', r.provider_id, 'isHumanAgent', COALESCE((m.extras->>'isHumanAgent')::boolean, false),
    'emoji', d.body->>'emoji',
    'sendState', CASE WHEN d.op <> 'send' THEN (SELECT s.state FROM delivery s WHERE s.message_id = d.message_id AND s.op = 'send' ORDER BY s.id DESC LIMIT 1) END,
    'lastCustomerAt', CASE WHEN k.source = 'instagram' THEN
      (SELECT u.created_at FROM message u WHERE u.conversation_id = d.conversation_id AND u.type = 'customer' ORDER BY u.seq DESC LIMIT 1) END)
  FROM delivery d JOIN customer k ON k.id = d.customer_id JOIN message m ON m.id = d.message_id LEFT JOIN message r ON r.id = m.reply_to_id
  WHERE d.id = ANY (in_ids) ORDER BY d.next_at, d.id $$;

-- Claims due heads, the longest due first and at most in_each of a channel, and writes their attempts.
CREATE FUNCTION claim_deliveries(in_limit int, in_each int, in_lease_ms float8, in_skipped int[]) RETURNS SETOF jsonb LANGUAGE plpgsql AS $$
DECLARE ids bigint[];
BEGIN
  WITH RECURSIVE busy AS (
    (SELECT d.channel_id FROM delivery d WHERE d.state = 'queued' AND NOT d.behind AND d.next IS DISTINCT FROM 'reconnection' AND d.channel_id > 0 ORDER BY d.channel_id LIMIT 1)
    UNION ALL
    SELECT (SELECT d.channel_id FROM delivery d WHERE d.state = 'queued' AND NOT d.behind AND d.next IS DISTINCT FROM 'reconnection' AND d.channel_id > b.channel_id ORDER BY d.channel_id LIMIT 1)
    FROM busy b WHERE b.channel_id IS NOT NULL
  ), candidate AS (
    SELECT v.id FROM busy b CROSS JOIN LATERAL (
      SELECT d.id, d.next_at FROM delivery d WHERE d.channel_id = b.channel_id AND d.state = 'queued' AND NOT d.behind AND d.next IS DISTINCT FROM 'reconnection' AND d.next_at <= now()
      ORDER BY d.next_at LIMIT in_each) v
    WHERE b.channel_id <> ALL (in_skipped) ORDER BY v.next_at, v.id LIMIT in_limit
  ), due AS (
    SELECT d.id FROM delivery d WHERE d.id = ANY (ARRAY(SELECT c.id FROM candidate c)) AND d.state = 'queued' AND NOT d.behind AND d.next IS DISTINCT FROM 'reconnection'
    FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE delivery d SET state = 'sending', next = NULL, attempts = d.attempts + 1, tried = d.tried + 1, tried_since = COALESCE(d.tried_since, now()),
      lease_till = now() + make_interval(secs => in_lease_ms / 1000)
    FROM due WHERE d.id = due.id RETURNING d.id, d.attempts
  ), begun AS (
    INSERT INTO delivery_attempt (delivery_id, number) SELECT c.id, c.attempts FROM claimed c RETURNING delivery_id
  )
  SELECT array_agg(b.delivery_id) INTO ids FROM begun b;
  RETURN QUERY SELECT * FROM delivery_details(ids);
END $$;

-- Claims whose lease ran out, each to one caller: it has a minute to settle them.
CREATE FUNCTION lost_deliveries(in_limit int) RETURNS SETOF jsonb LANGUAGE plpgsql AS $$
DECLARE ids bigint[];
BEGIN
  WITH lost AS (
    UPDATE delivery d SET lease_till = now() + interval '1 minute' WHERE d.id IN (
      SELECT v.id FROM delivery v WHERE v.state = 'sending' AND v.lease_till < now() ORDER BY v.id LIMIT in_limit FOR UPDATE SKIP LOCKED) RETURNING d.id
  )
  SELECT array_agg(l.id) INTO ids FROM lost l;
  RETURN QUERY SELECT * FROM delivery_details(ids);
END $$;

-- A claim that was not handed over after all: as if it had not been made.
CREATE FUNCTION put_back_delivery(in_id bigint, in_attempt int, in_delay_ms float8) RETURNS void LANGUAGE sql AS $$
  WITH gone AS (DELETE FROM delivery_attempt a WHERE a.delivery_id = in_id AND a.number = in_attempt AND a.ended_at IS NULL RETURNING a.delivery_id)
  UPDATE delivery d SET state = 'queued', attempts = d.attempts - 1, tried = greatest(d.tried - 1, 0), tried_since = CASE WHEN d.tried > 1 THEN d.tried_since END,
    lease_till = NULL, next_at = clock_timestamp() + make_interval(secs => in_delay_ms / 1000)
  FROM gone WHERE d.id = gone.delivery_id AND d.state = 'sending' $$;

-- Only the holder of the attempt that is still open may end it: a late answer after the lease was lost changes nothing.
-- What goes back into the queue of a channel that was stopped meanwhile waits for it; of one that was deleted it fails.
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
  PERFORM mark_reach(d, CASE WHEN became = 'failed' THEN x->>'unreachable' END, at);
  r.event_seq := tell_delivery(d, at);
  RETURN r;
END $$;

-- An edit, a deletion or a reaction that did not arrive is shown where the message stands.
CREATE FUNCTION mark_unreached(d delivery) RETURNS void LANGUAGE sql AS $$
  UPDATE message m SET extras = CASE WHEN d.state IN ('failed', 'unconfirmed') THEN COALESCE(m.extras, '{}') || jsonb_build_object('unreached', d.op)
      ELSE NULLIF(m.extras - 'unreached', '{}') END
    WHERE m.id = d.message_id AND (d.state IN ('failed', 'unconfirmed') OR m.extras ? 'unreached') $$;

-- Who cannot be reached is known as that until something reaches them.
CREATE FUNCTION mark_reach(d delivery, why text, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF why IS NULL AND d.state <> 'sent' THEN RETURN; END IF;
  UPDATE customer k SET unreachable = why, updated_at = at WHERE k.id = d.customer_id AND k.erased_at IS NULL AND k.unreachable IS DISTINCT FROM why;
  IF FOUND THEN PERFORM append_event(d.workspace_id, 'customer.changed', NULL, NULL, jsonb_build_object('customer', d.customer_id), at); END IF;
END $$;

CREATE FUNCTION tell_delivery(d delivery, at timestamptz) RETURNS bigint LANGUAGE sql AS $$
  SELECT append_event(d.workspace_id, 'delivery.attempted', d.conversation_id, d.message_id,
    jsonb_build_object('result', COALESCE(d.result, '{}'), 'delivery', d.id)
      || CASE WHEN d.op = 'send' THEN '{}' ELSE jsonb_build_object('op', d.op, 'state', d.state) END, at) $$;

-- Queues a hand-over of a message: at the end of its lane, waiting where its channel is stopped, failed where that is gone.
CREATE FUNCTION queue_delivery(c conversation, in_message text, in_op text, in_body jsonb, at timestamptz) RETURNS delivery LANGUAGE plpgsql AS $$
DECLARE d delivery; is_there boolean; is_on boolean;
BEGIN
  SELECT ch.deleted_at IS NULL, ch.is_connect INTO is_there, is_on FROM channel ch WHERE ch.id = c.channel_id;
  is_there := COALESCE(is_there, false); is_on := is_there AND is_on;
  INSERT INTO delivery (workspace_id, channel_id, customer_id, conversation_id, message_id, op, body, state, error, next, behind, next_at, created_at)
    VALUES (c.workspace_id, c.channel_id, c.customer_id, c.id, in_message, in_op, in_body, (CASE WHEN is_there THEN 'queued' ELSE 'failed' END)::"DeliveryState",
      CASE WHEN c.source = 'unknown' THEN 'Unknown conversation source' WHEN NOT is_on THEN not_available(c.source) END,
      CASE WHEN is_there AND NOT is_on THEN 'reconnection' END, is_there AND EXISTS (
        SELECT 1 FROM delivery e WHERE e.channel_id = c.channel_id AND e.customer_id = c.customer_id AND e.state IN ('queued', 'sending')), at, at) RETURNING * INTO d;
  RETURN d;
END $$;

-- Queues a later change of a message, unless what is still to be handed over of it will bring the change, or nothing of it ever arrived.
CREATE OR REPLACE FUNCTION queue_change(c conversation, in_message text, in_op text, in_body jsonb, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE s delivery; is_known boolean;
BEGIN
  IF c.source IN ('website', 'unknown') OR c.channel_id IS NULL THEN RETURN; END IF;
  -- Locked, so that it is not claimed between the look and the end of this change.
  SELECT * INTO s FROM delivery d WHERE d.message_id = in_message AND d.op = 'send' ORDER BY d.id DESC LIMIT 1 FOR UPDATE;
  UPDATE delivery d SET state = 'cancelled', body = NULL, next = NULL, error = NULL
    WHERE d.message_id = in_message AND d.state = 'queued' AND (in_op = 'delete' OR d.op = in_op);
  is_known := (SELECT m.provider_id IS NOT NULL FROM message m WHERE m.id = in_message);
  IF NOT is_known AND (s.id IS NULL OR s.state IN ('queued', 'failed', 'cancelled')) THEN RETURN; END IF;
  PERFORM mark_unreached(queue_delivery(c, in_message, in_op, in_body, at));
END $$;

-- A person asks for it again: the message itself, or else its newest change.
CREATE OR REPLACE FUNCTION change_retry(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}'); m message; d delivery;
BEGIN
  SELECT * INTO m FROM message v WHERE v.id = x->>'message' AND v.conversation_id = c.id;
  SELECT * INTO d FROM delivery v WHERE v.message_id = m.id AND v.op = 'send' ORDER BY v.id DESC LIMIT 1;
  IF d.id IS NULL OR d.state NOT IN ('failed', 'unconfirmed') THEN
    SELECT * INTO d FROM delivery v WHERE v.message_id = m.id ORDER BY v.id DESC LIMIT 1;
  END IF;
  r.missing := m.id IS NULL OR d.id IS NULL;
  IF r.missing OR d.state NOT IN ('failed', 'unconfirmed') OR (m.deleted_at IS NOT NULL AND d.op <> 'delete') THEN RETURN r; END IF;
  r.changed := true;
  d := queue_delivery(c, m.id, d.op, d.body, at);
  IF d.op <> 'send' THEN PERFORM mark_unreached(d); END IF;
  d.result := NULL;
  r.event_seq := tell_delivery(d, at);
  RETURN r;
END $$;

-- Stops a channel: what is queued for it waits, and everybody is told so.
CREATE FUNCTION park_deliveries(in_channel int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE d delivery; at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  FOR d IN UPDATE delivery v SET next = 'reconnection', tried = 0, tried_since = NULL, error = not_available(ch.source),
      result = jsonb_build_object('success', false, 'error', not_available(ch.source), 'pending', true)
    FROM channel ch WHERE ch.id = in_channel AND v.channel_id = in_channel AND v.state = 'queued' AND v.next IS DISTINCT FROM 'reconnection' RETURNING v.* LOOP
    PERFORM tell_delivery(d, at);
  END LOOP;
END $$;

-- What waited for the channel goes on, in its order.
CREATE FUNCTION resume_deliveries(in_channel int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE d delivery; at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  FOR d IN UPDATE delivery v SET next = NULL, error = NULL, result = NULL, next_at = at
    WHERE v.channel_id = in_channel AND v.state = 'queued' AND v.next = 'reconnection' RETURNING v.* LOOP
    PERFORM tell_delivery(d, at);
  END LOOP;
END $$;

-- A message that is queued with an error waits for its channel to be connected again.
-- Appends a group of messages in one statement. Each element of p:
--   {ord, workspaces: [int], conversation, id, type, kind, content, sender, user, client, provider, deliver, metadata, input_tokens, output_tokens, hold: {score, reasons}, extras, reply_to}
-- A message with a hold is stored where nobody sees it yet: it takes its seq and changes nothing else of the conversation.
-- Locks are taken in one order, workspaces and then conversations, both by id. Answers one row per element:
--   missing: no such conversation in these workspaces; repeated: the id of the message that this one repeats.
CREATE OR REPLACE FUNCTION append_messages(p jsonb) RETURNS TABLE (
  ord int, missing boolean, repeated text, seq int, event_seq bigint, at timestamptz,
  delivery_state "DeliveryState", delivery_error text, conversation jsonb
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  ids text[] := ARRAY(SELECT DISTINCT m->>'conversation' FROM jsonb_array_elements(p) m);
BEGIN
  PERFORM 1 FROM workspace w
    WHERE w.id IN (SELECT c.workspace_id FROM conversation c WHERE c.id = ANY (ids)) ORDER BY w.id FOR NO KEY UPDATE;
  PERFORM 1 FROM conversation c WHERE c.id = ANY (ids) ORDER BY c.id FOR NO KEY UPDATE;
  RETURN QUERY
  WITH input AS (
    SELECT i.*, c.workspace_id, c.customer_id, c.channel_id, c.source, c.last_seq, w.head_seq,
           date_trunc('milliseconds', clock_timestamp()) AS now,
           (ch.id IS NOT NULL AND ch.deleted_at IS NULL) AS connected, COALESCE(NOT ch.is_connect, false) AS stopped
    FROM jsonb_to_recordset(p) AS i (ord int, workspaces int[], conversation text, id text, type "MessageType", kind "MessageKind",
      content text, sender text, "user" int, client text, provider text, deliver boolean,
      metadata jsonb, input_tokens int, output_tokens int, hold jsonb, extras jsonb, reply_to text)
    JOIN conversation c ON c.id = i.conversation AND c.workspace_id = ANY (i.workspaces)
    JOIN workspace w ON w.id = c.workspace_id
    LEFT JOIN channel ch ON ch.id = c.channel_id
  ), grouped AS (
    -- Scalar subqueries, so that a plan made while the table was small stays two probes of its unique keys.
    SELECT i.*, COALESCE(
             CASE WHEN i.client IS NOT NULL THEN
               (SELECT m.id FROM message m WHERE m.conversation_id = i.conversation AND m.sender = i.sender AND m.client_id = i.client LIMIT 1) END,
             CASE WHEN i.provider IS NOT NULL THEN
               (SELECT m.id FROM message m WHERE m.channel_id = i.channel_id AND m.provider_id = i.provider LIMIT 1) END) AS stored_id,
           CASE WHEN i.client IS NOT NULL THEN first_value(i.id) OVER (PARTITION BY i.conversation, i.sender, i.client ORDER BY i.ord) END AS client_first,
           CASE WHEN i.provider IS NOT NULL THEN first_value(i.id) OVER (PARTITION BY i.channel_id, i.provider ORDER BY i.ord) END AS provider_first
    FROM input i
  ), judged AS (
    SELECT g.*, COALESCE(g.stored_id, NULLIF(g.client_first, g.id), NULLIF(g.provider_first, g.id)) AS repeats FROM grouped g
  ), fresh AS (
    SELECT j.*,
           (j.last_seq + row_number() OVER (PARTITION BY j.conversation ORDER BY j.ord))::int AS new_seq,
           j.head_seq + row_number() OVER (PARTITION BY j.workspace_id ORDER BY j.ord) AS new_event,
           CASE WHEN NOT j.deliver OR j.source = 'website' THEN NULL
                WHEN j.source = 'unknown' THEN 'Unknown conversation source'
                WHEN NOT j.connected THEN not_available(j.source) END AS refusal
    FROM judged j WHERE j.repeats IS NULL
  ), messages AS (
    INSERT INTO message (id, workspace_id, conversation_id, seq, type, kind, content, sender, sender_user_id, client_id, channel_id, provider_id, created_at,
      metadata, input_tokens, output_tokens, held, extras, reply_to_id)
    SELECT f.id, f.workspace_id, f.conversation, f.new_seq, f.type, f.kind, f.content, f.sender, f."user", f.client, f.channel_id, f.provider, f.now,
      COALESCE(f.metadata, '{}'), COALESCE(f.input_tokens, 0), COALESCE(f.output_tokens, 0), f.hold IS NOT NULL, f.extras, f.reply_to
    FROM fresh f
  ), holds AS (
    INSERT INTO held_message (message_id, workspace_id, conversation_id, score, reasons, held_at)
    SELECT f.id, f.workspace_id, f.conversation, (f.hold->>'score')::int, f.hold->'reasons', f.now FROM fresh f WHERE f.hold IS NOT NULL
  ), deliveries AS (
    INSERT INTO delivery (workspace_id, channel_id, customer_id, conversation_id, message_id, state, error, next, behind, next_at, created_at)
    SELECT f.workspace_id, f.channel_id, f.customer_id, f.conversation, f.id, (CASE WHEN f.refusal IS NULL THEN 'queued' ELSE 'failed' END)::"DeliveryState",
           COALESCE(f.refusal, CASE WHEN f.stopped THEN not_available(f.source) END), CASE WHEN f.refusal IS NULL AND f.stopped THEN 'reconnection' END,
           f.refusal IS NULL AND (row_number() OVER (PARTITION BY f.channel_id, f.customer_id ORDER BY f.ord) > 1 OR EXISTS (
             SELECT 1 FROM delivery e WHERE e.channel_id = f.channel_id AND e.customer_id = f.customer_id AND e.state IN ('queued', 'sending'))), f.now, f.now
    FROM fresh f WHERE f.deliver AND f.source <> 'website' ORDER BY f.ord
  ), events AS (
    INSERT INTO event (workspace_id, seq, type, conversation_id, message_id, created_at)
    SELECT f.workspace_id, f.new_event, CASE WHEN f.hold IS NULL THEN 'message.sent' ELSE 'message.held' END, f.conversation, f.id, f.now FROM fresh f
  ), changes AS (
    SELECT f.conversation AS id, max(f.new_seq) AS last_seq, max(f.new_event) AS rev, max(f.now) FILTER (WHERE f.hold IS NULL) AS now,
           count(*) FILTER (WHERE f.type = 'customer' AND f.hold IS NULL) AS unread, bool_or(f.hold IS NULL) AS shown
    FROM fresh f GROUP BY f.conversation
  ), touched AS (
    UPDATE conversation c SET last_seq = g.last_seq, rev = g.rev, updated_at = greatest(g.now, c.updated_at), unread_count = c.unread_count + g.unread, hidden = c.hidden AND NOT g.shown,
      status = CASE WHEN c.status = 'closed' AND g.unread > 0
        THEN (CASE WHEN bot_answers('active', c.workspace_id) THEN 'active' ELSE 'support_active' END)::"ConversationStatus" ELSE c.status END
    FROM changes g WHERE c.id = g.id RETURNING c.*
  ), heads AS (
    UPDATE workspace w SET head_seq = g.head FROM (SELECT f.workspace_id, max(f.new_event) AS head FROM fresh f GROUP BY 1) g WHERE w.id = g.workspace_id
  )
  SELECT t.ord, (j.id IS NULL), j.repeats::text, f.new_seq, f.new_event, f.now,
         (CASE WHEN f.deliver AND f.source <> 'website' THEN CASE WHEN f.refusal IS NULL THEN 'queued' ELSE 'failed' END END)::"DeliveryState",
         COALESCE(f.refusal, CASE WHEN f.stopped AND f.deliver AND f.source <> 'website' THEN not_available(f.source) END), to_jsonb(c)
  FROM (SELECT (m->>'ord')::int AS ord FROM jsonb_array_elements(p) m) t
  LEFT JOIN judged j ON j.ord = t.ord
  LEFT JOIN fresh f ON f.ord = t.ord
  LEFT JOIN touched c ON c.id = j.conversation
  ORDER BY t.ord;
END $$;
