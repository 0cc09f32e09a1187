-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "hidden" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "trusted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "held_message" (
    "message_id" VARCHAR(10) NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "conversation_id" VARCHAR(10) NOT NULL,
    "score" INTEGER NOT NULL,
    "reasons" JSONB NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" INTEGER,
    "outcome" TEXT,

    CONSTRAINT "held_message_pkey" PRIMARY KEY ("message_id")
);

-- AddForeignKey
ALTER TABLE "held_message" ADD CONSTRAINT "held_message_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

-- The constant keeps them out of sight of Prisma, which cannot say WHERE.
CREATE INDEX "held_message_open_idx" ON "held_message" ("workspace_id", "held_at" DESC, "message_id" DESC, (0)) WHERE "settled_at" IS NULL;
CREATE INDEX "held_message_thread_idx" ON "held_message" ("conversation_id", (0)) WHERE "settled_at" IS NULL;

-- A conversation that is made for a message that looks like spam stays hidden, and no event tells of it, until something in it is shown.
CREATE OR REPLACE FUNCTION open_conversation(x jsonb, at timestamptz, OUT changed boolean, OUT event_seq bigint, OUT customer int, OUT conversation text)
LANGUAGE plpgsql AS $$
DECLARE cu customer; is_hidden boolean := COALESCE((x->>'hidden')::boolean, false);
BEGIN
  INSERT INTO customer AS k (workspace_id, channel_id, source, source_id, first_name, last_name, username, created_at, updated_at)
    VALUES ((x->>'workspace')::int, (x->>'channel')::int, (x->>'source')::"Source", x->>'source_id', x->>'first_name', x->>'last_name', x->>'username', at, at)
    ON CONFLICT (workspace_id, channel_id, source_id) DO UPDATE SET
      first_name = COALESCE(NULLIF(k.first_name, ''), EXCLUDED.first_name), last_name = COALESCE(NULLIF(k.last_name, ''), EXCLUDED.last_name),
      username = COALESCE(NULLIF(k.username, ''), EXCLUDED.username)
    RETURNING * INTO cu;
  customer := cu.id; changed := false;
  SELECT v.id INTO conversation FROM conversation v WHERE v.workspace_id = cu.workspace_id AND v.customer_id = cu.id AND v.channel_id IS NOT DISTINCT FROM cu.channel_id
    ORDER BY (v.status <> 'closed') DESC, v.updated_at DESC LIMIT 1;
  IF conversation IS NOT NULL THEN RETURN; END IF;
  changed := true; conversation := x->>'conversation';
  INSERT INTO tag (workspace_id, name) VALUES (cu.workspace_id, x->>'tag') ON CONFLICT DO NOTHING;
  INSERT INTO customer_tag (customer_id, tag_id) SELECT cu.id, t.id FROM tag t WHERE t.workspace_id = cu.workspace_id AND t.name = x->>'tag' ON CONFLICT DO NOTHING;
  INSERT INTO conversation (id, workspace_id, customer_id, channel_id, title, status, source, hidden, created_at, updated_at)
    VALUES (conversation, cu.workspace_id, cu.id, cu.channel_id,
      left(cu.source || ' - ' || COALESCE(
        NULLIF(trim(concat_ws(' ', NULLIF(cu.first_name, ''), NULLIF(cu.last_name, '')) || COALESCE(' (@' || NULLIF(cu.username, '') || ')', '')), ''),
        'Customer ' || cu.id) || ' | ' || cu.source, 100),
      (CASE WHEN bot_answers('active', cu.workspace_id) THEN 'active' ELSE 'support_active' END)::"ConversationStatus", cu.source, is_hidden, at, at);
  IF is_hidden THEN RETURN; END IF;
  event_seq := append_event(cu.workspace_id, 'conversation.opened', conversation, NULL, '{}', at);
END $$;

CREATE OR REPLACE FUNCTION change_read(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}'); target int := least(COALESCE((x->>'up_to')::int, c.last_seq), c.last_seq);
BEGIN
  -- Nobody has read what is held: it stays unread when it is released later.
  target := COALESCE((SELECT max(v.seq) FROM message v WHERE v.conversation_id = c.id AND v.seq <= target AND NOT v.held), 0);
  INSERT INTO read_mark AS k (conversation_id, user_id, workspace_id, seq, updated_at) VALUES (c.id, (x->>'user')::int, c.workspace_id, target, at)
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET seq = EXCLUDED.seq, updated_at = at WHERE k.seq < EXCLUDED.seq;
  r.changed := FOUND;
  IF bot_answers(c.status, c.workspace_id) THEN
    target := least(target, COALESCE((SELECT max(v.seq) FROM message v WHERE v.conversation_id = c.id AND v.type = 'AI'), 0));
  END IF;
  IF target > c.answered_seq THEN
    r.changed := true;
    UPDATE conversation v SET answered_seq = target, unread_count =
      (SELECT count(*) FROM message u WHERE u.conversation_id = c.id AND u.type = 'customer' AND NOT u.held AND u.seq > target) WHERE v.id = c.id;
  END IF;
  IF r.changed OR (x->>'always')::boolean THEN
    r.event_seq := append_event(c.workspace_id, 'conversation.read', c.id, NULL, jsonb_build_object('user', (x->>'user')::int, 'up_to', target), at);
  END IF;
  RETURN r;
END $$;

-- Shows a held message at its own place. What a customer says must not lie where nobody looks, so it reopens the conversation.
CREATE FUNCTION change_release(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}');
BEGIN
  UPDATE held_message h SET settled_at = at, settled_by = (x->>'user')::int, outcome = 'released'
    WHERE h.message_id = x->>'message' AND h.conversation_id = c.id AND h.settled_at IS NULL;
  IF NOT FOUND THEN
    r.missing := NOT EXISTS (SELECT 1 FROM held_message h WHERE h.message_id = x->>'message' AND h.conversation_id = c.id);
    RETURN r;
  END IF;
  r.changed := true;
  UPDATE message m SET held = false WHERE m.id = x->>'message';
  UPDATE customer k SET trusted_at = at WHERE k.id = c.customer_id AND k.trusted_at IS NULL;
  UPDATE conversation v SET hidden = false, updated_at = greatest(at, v.updated_at),
    unread_count = (SELECT count(*) FROM message u WHERE u.conversation_id = c.id AND u.type = 'customer' AND NOT u.held AND u.seq > c.answered_seq),
    status = CASE WHEN v.status = 'closed' AND NOT EXISTS (SELECT 1 FROM conversation o WHERE o.workspace_id = v.workspace_id
        AND o.customer_id = v.customer_id AND o.channel_id IS NOT DISTINCT FROM v.channel_id AND o.status <> 'closed')
      THEN (CASE WHEN bot_answers('active', v.workspace_id) THEN 'active' ELSE 'support_active' END)::"ConversationStatus" ELSE v.status END
    WHERE v.id = c.id;
  r.event_seq := append_event(c.workspace_id, 'message.released', c.id, x->>'message', jsonb_build_object('user', (x->>'user')::int), at);
  RETURN r;
END $$;

-- The row stays, empty: its seq is taken, and a platform that sends it again must not bring it back.
CREATE FUNCTION change_discard(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}');
BEGIN
  UPDATE held_message h SET settled_at = at, settled_by = (x->>'user')::int, outcome = 'deleted'
    WHERE h.message_id = x->>'message' AND h.conversation_id = c.id AND h.settled_at IS NULL;
  IF NOT FOUND THEN
    r.missing := NOT EXISTS (SELECT 1 FROM held_message h WHERE h.message_id = x->>'message' AND h.conversation_id = c.id);
    RETURN r;
  END IF;
  r.changed := true;
  UPDATE message m SET content = '', metadata = '{}', deleted_at = at WHERE m.id = x->>'message';
  r.event_seq := append_event(c.workspace_id, 'message.discarded', c.id, x->>'message', '{}', at);
  RETURN r;
END $$;

CREATE OR REPLACE FUNCTION append_changes(p jsonb) RETURNS TABLE (
  ord int, workspace int, missing boolean, changed boolean, event_seq bigint, at timestamptz, detail jsonb, conversation jsonb
) LANGUAGE plpgsql AS $$
DECLARE
  ids text[] := ARRAY(SELECT DISTINCT m->>'conversation' FROM jsonb_array_elements(p) m WHERE m ? 'conversation');
  people int[] := ARRAY(SELECT DISTINCT (m->>'customer')::int FROM jsonb_array_elements(p) m WHERE m ? 'customer');
  spaces int[] := ARRAY(SELECT DISTINCT (m->>'workspace')::int FROM jsonb_array_elements(p) m WHERE m ? 'workspace');
  x jsonb; c conversation; k customer; o record; r "change";
BEGIN
  PERFORM 1 FROM workspace w WHERE w.id = ANY (spaces) OR w.id IN (
    SELECT v.workspace_id FROM conversation v WHERE v.id = ANY (ids) UNION SELECT v.workspace_id FROM customer v WHERE v.id = ANY (people))
    ORDER BY w.id FOR NO KEY UPDATE;
  PERFORM 1 FROM conversation v WHERE v.id = ANY (ids) OR v.customer_id = ANY (people) ORDER BY v.id FOR NO KEY UPDATE;
  FOR x IN SELECT e FROM jsonb_array_elements(p) WITH ORDINALITY AS t (e, n) ORDER BY n LOOP
    ord := (x->>'ord')::int; workspace := NULL; conversation := NULL;
    at := date_trunc('milliseconds', clock_timestamp());
    r := (true, false, NULL, '{}');

    IF x->>'op' = 'open' THEN
      o := open_conversation(x, at);
      r := (false, o.changed, o.event_seq, jsonb_build_object('customer', o.customer));
      SELECT to_jsonb(v), v.workspace_id INTO conversation, workspace FROM conversation v WHERE v.id = o.conversation;
    ELSIF x ? 'customer' THEN
      SELECT * INTO k FROM customer v WHERE v.id = (x->>'customer')::int
        AND v.workspace_id IN (SELECT jsonb_array_elements_text(x->'workspaces')::int);
      IF FOUND THEN
        workspace := k.workspace_id;
        r := CASE x->>'op' WHEN 'customer' THEN change_customer(x, k, at) WHEN 'delete_customer' THEN change_delete_customer(x, k, at) END;
      END IF;
    ELSE
      SELECT * INTO c FROM conversation v WHERE v.id = x->>'conversation'
        AND v.workspace_id IN (SELECT jsonb_array_elements_text(x->'workspaces')::int);
      IF FOUND THEN
        workspace := c.workspace_id;
        r := CASE x->>'op'
          WHEN 'outcome' THEN change_outcome(x, c, at) WHEN 'retry' THEN change_retry(x, c, at) WHEN 'read' THEN change_read(x, c, at)
          WHEN 'status' THEN change_status(x, c, at) WHEN 'feedback' THEN change_feedback(x, c, at) WHEN 'delete' THEN change_delete(x, c, at)
          WHEN 'release' THEN change_release(x, c, at) WHEN 'discard' THEN change_discard(x, c, at) END;
        SELECT to_jsonb(v) INTO conversation FROM conversation v WHERE v.id = c.id;
      END IF;
    END IF;

    missing := r.missing; changed := r.changed; event_seq := r.event_seq; detail := r.detail;
    RETURN NEXT;
  END LOOP;
END $$;

-- Appends a group of messages in one statement. Each element of p:
--   {ord, workspaces: [int], conversation, id, type, kind, content, sender, user, client, provider, deliver, metadata, input_tokens, output_tokens, hold: {score, reasons}}
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
           (ch.id IS NOT NULL AND ch.is_connect AND ch.deleted_at IS NULL) AS connected
    FROM jsonb_to_recordset(p) AS i (ord int, workspaces int[], conversation text, id text, type "MessageType", kind "MessageKind",
      content text, sender text, "user" int, client text, provider text, deliver boolean,
      metadata jsonb, input_tokens int, output_tokens int, hold jsonb)
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
                WHEN NOT j.connected THEN initcap(j.source::text) || ' service not available' END AS refusal
    FROM judged j WHERE j.repeats IS NULL
  ), messages AS (
    INSERT INTO message (id, workspace_id, conversation_id, seq, type, kind, content, sender, sender_user_id, client_id, channel_id, provider_id, created_at,
      metadata, input_tokens, output_tokens, held)
    SELECT f.id, f.workspace_id, f.conversation, f.new_seq, f.type, f.kind, f.content, f.sender, f."user", f.client, f.channel_id, f.provider, f.now,
      COALESCE(f.metadata, '{}'), COALESCE(f.input_tokens, 0), COALESCE(f.output_tokens, 0), f.hold IS NOT NULL
    FROM fresh f
  ), holds AS (
    INSERT INTO held_message (message_id, workspace_id, conversation_id, score, reasons, held_at)
    SELECT f.id, f.workspace_id, f.conversation, (f.hold->>'score')::int, f.hold->'reasons', f.now FROM fresh f WHERE f.hold IS NOT NULL
  ), deliveries AS (
    INSERT INTO delivery (workspace_id, channel_id, customer_id, conversation_id, message_id, state, error, next_at, created_at)
    SELECT f.workspace_id, f.channel_id, f.customer_id, f.conversation, f.id,
           (CASE WHEN f.refusal IS NULL THEN 'queued' ELSE 'failed' END)::"DeliveryState", f.refusal, f.now, f.now
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
         f.refusal, to_jsonb(c)
  FROM (SELECT (m->>'ord')::int AS ord FROM jsonb_array_elements(p) m) t
  LEFT JOIN judged j ON j.ord = t.ord
  LEFT JOIN fresh f ON f.ord = t.ord
  LEFT JOIN touched c ON c.id = j.conversation
  ORDER BY t.ord;
END $$;
