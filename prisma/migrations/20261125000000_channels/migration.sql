-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "proved_at" TIMESTAMPTZ(3),
ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "token_expires_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "seen_seq" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "unreachable" TEXT;

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "body" JSONB,
ADD COLUMN     "op" TEXT NOT NULL DEFAULT 'send';

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "extras" JSONB;

-- CreateTable
CREATE TABLE "message_edit" (
    "message_id" VARCHAR(10) NOT NULL,
    "number" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_edit_pkey" PRIMARY KEY ("message_id","number")
);

-- CreateTable
CREATE TABLE "parked_event" (
    "inbound_event_id" BIGINT NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "provider_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "parked_event_pkey" PRIMARY KEY ("inbound_event_id")
);

-- CreateIndex
CREATE INDEX "parked_event_channel_id_provider_id_idx" ON "parked_event"("channel_id", "provider_id");

-- AddForeignKey
ALTER TABLE "message_edit" ADD CONSTRAINT "message_edit_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parked_event" ADD CONSTRAINT "parked_event_inbound_event_id_fkey" FOREIGN KEY ("inbound_event_id") REFERENCES "inbound_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;




-- What Prisma's schema language cannot say.

-- What was erased stays so, in the new column too.
DROP TRIGGER message_stays_erased ON message;
CREATE TRIGGER message_stays_erased BEFORE UPDATE OF content, feedback_comment, metadata, extras ON message FOR EACH ROW
  WHEN (NEW.content <> '' OR NEW.feedback_comment <> '' OR NEW.metadata <> '{}' OR NEW.extras IS NOT NULL)
  EXECUTE FUNCTION refuse_change_of_erased();

-- Empties the messages of a conversation after one seq up to another, with what platforms said of them.
CREATE OR REPLACE FUNCTION erase_messages(in_conversation text, in_after int, in_through int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE emptied int; at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  UPDATE delivery_attempt a SET error = 'The customer was erased' FROM delivery d, message m
    WHERE m.conversation_id = in_conversation AND m.seq > in_after AND m.seq <= in_through AND d.message_id = m.id AND a.delivery_id = d.id AND a.error IS NOT NULL;
  UPDATE delivery d SET result = NULL, body = NULL, error = CASE WHEN d.error IS NULL THEN NULL ELSE 'The customer was erased' END FROM message m
    WHERE m.conversation_id = in_conversation AND m.seq > in_after AND m.seq <= in_through AND d.message_id = m.id AND (d.result IS NOT NULL OR d.body IS NOT NULL OR d.error IS NOT NULL);
  DELETE FROM message_edit e USING message m WHERE m.conversation_id = in_conversation AND m.seq > in_after AND m.seq <= in_through AND e.message_id = m.id;
  UPDATE message m SET content = '', feedback_comment = '', metadata = '{}', extras = NULL, client_id = NULL, provider_id = NULL, deleted_at = COALESCE(m.deleted_at, at)
    WHERE m.conversation_id = in_conversation AND m.seq > in_after AND m.seq <= in_through;
  GET DIAGNOSTICS emptied = ROW_COUNT;
  RETURN emptied;
END $$;

-- The row stays, empty: its seq is taken, and a platform that sends it again must not bring it back.
CREATE OR REPLACE FUNCTION change_discard(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}');
BEGIN
  UPDATE held_message h SET settled_at = at, settled_by = (x->>'user')::int, outcome = 'deleted'
    WHERE h.message_id = x->>'message' AND h.conversation_id = c.id AND h.settled_at IS NULL;
  IF NOT FOUND THEN
    r.missing := NOT EXISTS (SELECT 1 FROM held_message h WHERE h.message_id = x->>'message' AND h.conversation_id = c.id);
    RETURN r;
  END IF;
  r.changed := true;
  UPDATE message m SET content = '', metadata = '{}', extras = NULL, deleted_at = at WHERE m.id = x->>'message';
  r.event_seq := append_event(c.workspace_id, 'message.discarded', c.id, x->>'message', '{}', at);
  RETURN r;
END $$;

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
           (ch.id IS NOT NULL AND ch.is_connect AND ch.deleted_at IS NULL) AS connected
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
                WHEN NOT j.connected THEN initcap(j.source::text) || ' service not available' END AS refusal
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
