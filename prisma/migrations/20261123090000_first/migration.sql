-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'admin', 'agent');

-- CreateEnum
CREATE TYPE "Source" AS ENUM ('unknown', 'telegram', 'instagram', 'website');

-- CreateEnum
CREATE TYPE "ConversationStatus" AS ENUM ('active', 'support_active', 'marketing_active', 'closed');

-- CreateEnum
CREATE TYPE "MessageType" AS ENUM ('customer', 'AI', 'support', 'marketing');

-- CreateEnum
CREATE TYPE "MessageKind" AS ENUM ('text', 'image', 'voice', 'video', 'file', 'sticker', 'location', 'share');

-- CreateEnum
CREATE TYPE "Feedback" AS ENUM ('none', 'positive', 'negative');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unconfirmed');

-- CreateEnum
CREATE TYPE "SessionKind" AS ENUM ('console', 'api');

-- CreateTable
CREATE TABLE "workspace" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "epoch" TEXT NOT NULL,
    "head_seq" BIGINT NOT NULL DEFAULT 0,
    "floor_seq" BIGINT NOT NULL DEFAULT 0,
    "bot" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "first_name" TEXT NOT NULL DEFAULT '',
    "last_name" TEXT NOT NULL DEFAULT '',
    "locale" TEXT NOT NULL DEFAULT 'fa',
    "default_reply_handler" TEXT NOT NULL DEFAULT 'support',
    "is_instance_admin" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "workspace_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "role" "Role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" SERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "kind" "SessionKind" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_token" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "access_hash" TEXT NOT NULL,
    "refresh_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "access_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "refresh_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "rotated_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" SERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "source" "Source" NOT NULL,
    "name" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "username" TEXT,
    "credentials" TEXT,
    "api_root" TEXT,
    "is_connect" BOOLEAN NOT NULL DEFAULT true,
    "stopped_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" SERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "channel_id" INTEGER,
    "source" "Source" NOT NULL DEFAULT 'unknown',
    "source_id" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "username" TEXT,
    "email" TEXT,
    "phone_number" TEXT,
    "description" TEXT,
    "bio" TEXT,
    "profile_picture" TEXT,
    "persona_data" JSONB NOT NULL DEFAULT '{}',
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tag" (
    "id" SERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_tag" (
    "customer_id" INTEGER NOT NULL,
    "tag_id" INTEGER NOT NULL,

    CONSTRAINT "customer_tag_pkey" PRIMARY KEY ("customer_id","tag_id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" VARCHAR(10) NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "channel_id" INTEGER,
    "title" VARCHAR(100) NOT NULL,
    "status" "ConversationStatus" NOT NULL DEFAULT 'active',
    "source" "Source" NOT NULL DEFAULT 'unknown',
    "priority" SMALLINT NOT NULL DEFAULT 1,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "assignee_id" INTEGER,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "answered_seq" INTEGER NOT NULL DEFAULT 0,
    "unread_count" INTEGER NOT NULL DEFAULT 0,
    "rev" BIGINT NOT NULL DEFAULT 0,
    "snoozed_till" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" VARCHAR(10) NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "conversation_id" VARCHAR(10) NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" "MessageType" NOT NULL,
    "kind" "MessageKind" NOT NULL DEFAULT 'text',
    "content" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "sender_user_id" INTEGER,
    "client_id" TEXT,
    "channel_id" INTEGER,
    "provider_id" TEXT,
    "reply_to_id" VARCHAR(10),
    "held" BOOLEAN NOT NULL DEFAULT false,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "feedback" "Feedback" NOT NULL DEFAULT 'none',
    "feedback_comment" TEXT NOT NULL DEFAULT '',
    "feedback_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "channel_id" INTEGER,
    "customer_id" INTEGER NOT NULL,
    "conversation_id" VARCHAR(10) NOT NULL,
    "message_id" VARCHAR(10) NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_till" TIMESTAMPTZ(3),
    "error" TEXT,
    "result" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "delivery_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "error" TEXT,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("delivery_id","number")
);

-- CreateTable
CREATE TABLE "inbound_event" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "event_key" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),
    "lease_till" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,

    CONSTRAINT "inbound_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "read_mark" (
    "conversation_id" VARCHAR(10) NOT NULL,
    "user_id" INTEGER NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "read_mark_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- CreateTable
CREATE TABLE "event" (
    "workspace_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "conversation_id" VARCHAR(10),
    "message_id" VARCHAR(10),
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("workspace_id","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_username_key" ON "user"("username");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_workspace_id_idx" ON "invitation"("workspace_id");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "refresh_token_session_id_idx" ON "refresh_token"("session_id");

-- CreateIndex
CREATE INDEX "refresh_token_refresh_expires_at_idx" ON "refresh_token"("refresh_expires_at");

-- CreateIndex
CREATE INDEX "channel_workspace_id_idx" ON "channel"("workspace_id");

-- CreateIndex
CREATE INDEX "channel_username_idx" ON "channel"("username");

-- CreateIndex
CREATE INDEX "customer_workspace_id_created_at_idx" ON "customer"("workspace_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "customer_workspace_id_channel_id_source_id_key" ON "customer"("workspace_id", "channel_id", "source_id");

-- CreateIndex
CREATE UNIQUE INDEX "tag_workspace_id_name_key" ON "tag"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "customer_tag_tag_id_idx" ON "customer_tag"("tag_id");

-- CreateIndex
CREATE INDEX "conversation_workspace_id_updated_at_id_idx" ON "conversation"("workspace_id", "updated_at" DESC, "id");

-- CreateIndex
CREATE INDEX "conversation_customer_id_idx" ON "conversation"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_seq_key" ON "message"("conversation_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_sender_client_id_key" ON "message"("conversation_id", "sender", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_channel_id_provider_id_key" ON "message"("channel_id", "provider_id");

-- CreateIndex
CREATE INDEX "delivery_message_id_id_idx" ON "delivery"("message_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_event_channel_id_event_key_key" ON "inbound_event"("channel_id", "event_key");

-- CreateIndex
CREATE INDEX "read_mark_user_id_idx" ON "read_mark"("user_id");

-- CreateIndex
CREATE INDEX "event_created_at_idx" ON "event"("created_at");

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag" ADD CONSTRAINT "tag_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_tag" ADD CONSTRAINT "customer_tag_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_tag" ADD CONSTRAINT "customer_tag_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_sender_user_id_fkey" FOREIGN KEY ("sender_user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbound_event" ADD CONSTRAINT "inbound_event_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- One open conversation per customer and channel.
CREATE UNIQUE INDEX "conversation_open_key" ON "conversation" ("workspace_id", "customer_id", (COALESCE("channel_id", 0))) WHERE "status" <> 'closed';

-- A platform account is connected in at most one workspace of an instance.
CREATE UNIQUE INDEX "channel_connected_key" ON "channel" ("source", (lower("external_id"))) WHERE "deleted_at" IS NULL;

-- The heads of the outbox's lanes, and the inbox's unprocessed events: small however long the history is.
CREATE INDEX "delivery_lane_idx" ON "delivery" ("channel_id", "customer_id", "id", (0)) WHERE "state" IN ('queued', 'sending');
CREATE INDEX "inbound_event_due_idx" ON "inbound_event" ("id", (0)) WHERE "processed_at" IS NULL;

CREATE INDEX "message_content_trgm" ON "message" USING gin ((lower("content")) gin_trgm_ops);
CREATE INDEX "conversation_unread_idx" ON "conversation" ("workspace_id", "updated_at" DESC, "id", (0)) WHERE "unread_count" > 0;

-- True where the bot, not a person, answers the conversation.
CREATE FUNCTION bot_answers(given_status "ConversationStatus", given_workspace int) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT given_status = 'active' AND (SELECT w.bot FROM workspace w WHERE w.id = given_workspace) $$;

-- Appends a group of messages in one statement. Each element of p:
--   {ord, workspaces: [int], conversation, id, type, kind, content, sender, user, client, provider, deliver}
-- Locks are taken in one order, workspaces and then conversations, both by id. Answers one row per element:
--   missing: no such conversation in these workspaces; repeated: the id of the message that this one repeats.
CREATE FUNCTION append_messages(p jsonb) RETURNS TABLE (
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
      content text, sender text, "user" int, client text, provider text, deliver boolean)
    JOIN conversation c ON c.id = i.conversation AND c.workspace_id = ANY (i.workspaces)
    JOIN workspace w ON w.id = c.workspace_id
    LEFT JOIN channel ch ON ch.id = c.channel_id
  ), stored AS (
    SELECT i.ord, m.id FROM input i JOIN message m ON m.conversation_id = i.conversation AND m.sender = i.sender AND m.client_id = i.client
    UNION
    SELECT i.ord, m.id FROM input i JOIN message m ON m.channel_id = i.channel_id AND m.provider_id = i.provider
  ), grouped AS (
    SELECT i.*, s.id AS stored_id,
           CASE WHEN i.client IS NOT NULL THEN first_value(i.id) OVER (PARTITION BY i.conversation, i.sender, i.client ORDER BY i.ord) END AS client_first,
           CASE WHEN i.provider IS NOT NULL THEN first_value(i.id) OVER (PARTITION BY i.channel_id, i.provider ORDER BY i.ord) END AS provider_first
    FROM input i LEFT JOIN stored s ON s.ord = i.ord
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
    INSERT INTO message (id, workspace_id, conversation_id, seq, type, kind, content, sender, sender_user_id, client_id, channel_id, provider_id, created_at)
    SELECT f.id, f.workspace_id, f.conversation, f.new_seq, f.type, f.kind, f.content, f.sender, f."user", f.client, f.channel_id, f.provider, f.now
    FROM fresh f
  ), deliveries AS (
    INSERT INTO delivery (workspace_id, channel_id, customer_id, conversation_id, message_id, state, error, next_at, created_at)
    SELECT f.workspace_id, f.channel_id, f.customer_id, f.conversation, f.id,
           (CASE WHEN f.refusal IS NULL THEN 'queued' ELSE 'failed' END)::"DeliveryState", f.refusal, f.now, f.now
    FROM fresh f WHERE f.deliver AND f.source <> 'website' ORDER BY f.ord
  ), events AS (
    INSERT INTO event (workspace_id, seq, type, conversation_id, message_id, created_at)
    SELECT f.workspace_id, f.new_event, 'message.sent', f.conversation, f.id, f.now FROM fresh f
  ), changes AS (
    SELECT f.conversation AS id, max(f.new_seq) AS last_seq, max(f.new_event) AS rev, max(f.now) AS now,
           count(*) FILTER (WHERE f.type = 'customer') AS unread
    FROM fresh f GROUP BY f.conversation
  ), touched AS (
    UPDATE conversation c SET last_seq = g.last_seq, rev = g.rev, updated_at = greatest(g.now, c.updated_at), unread_count = c.unread_count + g.unread,
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

-- Gives the next seq of a workspace's log and writes one event there. The caller holds the workspace's row.
CREATE FUNCTION append_event(in_workspace int, in_type text, in_conversation text, in_message text, in_detail jsonb, in_at timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE given bigint;
BEGIN
  UPDATE workspace SET head_seq = head_seq + 1 WHERE id = in_workspace RETURNING head_seq INTO given;
  INSERT INTO event (workspace_id, seq, type, conversation_id, message_id, data, created_at)
    VALUES (in_workspace, given, in_type, in_conversation, in_message, in_detail, in_at);
  UPDATE conversation SET rev = given WHERE id = in_conversation;
  RETURN given;
END $$;

-- Applies a group of changes that are not messages, one after another, under the same locks in the same order.
-- Each element of p has ord, op (open, outcome, retry, read, status), workspaces, conversation and the fields of its op.
CREATE FUNCTION append_changes(p jsonb) RETURNS TABLE (ord int, missing boolean, changed boolean, event_seq bigint, at timestamptz, detail jsonb, conversation jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  ids text[] := ARRAY(SELECT DISTINCT m->>'conversation' FROM jsonb_array_elements(p) m);
  spaces int[] := ARRAY(SELECT DISTINCT (m->>'workspace')::int FROM jsonb_array_elements(p) m WHERE m ? 'workspace');
  x jsonb; c conversation; cu customer; d delivery; m message; target int; was text; found_id text;
BEGIN
  PERFORM 1 FROM workspace w
    WHERE w.id = ANY (spaces) OR w.id IN (SELECT v.workspace_id FROM conversation v WHERE v.id = ANY (ids)) ORDER BY w.id FOR NO KEY UPDATE;
  PERFORM 1 FROM conversation v WHERE v.id = ANY (ids) ORDER BY v.id FOR NO KEY UPDATE;
  FOR x IN SELECT e FROM jsonb_array_elements(p) WITH ORDINALITY AS t (e, n) ORDER BY n LOOP
    ord := (x->>'ord')::int; missing := false; changed := false; event_seq := NULL; detail := '{}';
    at := date_trunc('milliseconds', clock_timestamp());

    IF x->>'op' = 'open' THEN
      INSERT INTO customer AS k (workspace_id, channel_id, source, source_id, first_name, last_name, username, created_at, updated_at)
        VALUES ((x->>'workspace')::int, (x->>'channel')::int, (x->>'source')::"Source", x->>'source_id', x->>'first_name', x->>'last_name', x->>'username', at, at)
        ON CONFLICT (workspace_id, channel_id, source_id) DO UPDATE SET
          first_name = COALESCE(NULLIF(k.first_name, ''), EXCLUDED.first_name), last_name = COALESCE(NULLIF(k.last_name, ''), EXCLUDED.last_name),
          username = COALESCE(NULLIF(k.username, ''), EXCLUDED.username)
        RETURNING * INTO cu;
      SELECT v.id INTO found_id FROM conversation v WHERE v.workspace_id = cu.workspace_id AND v.customer_id = cu.id AND v.channel_id IS NOT DISTINCT FROM cu.channel_id
        ORDER BY (v.status <> 'closed') DESC, v.updated_at DESC LIMIT 1;
      IF found_id IS NULL THEN
        changed := true; found_id := x->>'conversation';
        INSERT INTO tag (workspace_id, name) VALUES (cu.workspace_id, x->>'tag') ON CONFLICT DO NOTHING;
        INSERT INTO customer_tag (customer_id, tag_id) SELECT cu.id, t.id FROM tag t WHERE t.workspace_id = cu.workspace_id AND t.name = x->>'tag' ON CONFLICT DO NOTHING;
        INSERT INTO conversation (id, workspace_id, customer_id, channel_id, title, status, source, created_at, updated_at)
          VALUES (found_id, cu.workspace_id, cu.id, cu.channel_id,
            left(cu.source || ' - ' || COALESCE(
              NULLIF(trim(concat_ws(' ', NULLIF(cu.first_name, ''), NULLIF(cu.last_name, '')) || COALESCE(' (@' || NULLIF(cu.username, '') || ')', '')), ''),
              'Customer ' || cu.id) || ' | ' || cu.source, 100),
            (CASE WHEN bot_answers('active', cu.workspace_id) THEN 'active' ELSE 'support_active' END)::"ConversationStatus", cu.source, at, at);
        event_seq := append_event(cu.workspace_id, 'conversation.opened', found_id, NULL, '{}', at);
      END IF;
      detail := jsonb_build_object('customer', cu.id);
      SELECT to_jsonb(v) INTO conversation FROM conversation v WHERE v.id = found_id;
      RETURN NEXT; CONTINUE;
    END IF;

    SELECT * INTO c FROM conversation v WHERE v.id = x->>'conversation'
      AND v.workspace_id IN (SELECT jsonb_array_elements_text(x->'workspaces')::int);
    IF NOT FOUND THEN missing := true; conversation := NULL; RETURN NEXT; CONTINUE; END IF;

    CASE x->>'op'
    WHEN 'outcome' THEN
      -- Only the holder of the attempt that is still open may end it: a late answer after the lease was lost changes nothing.
      UPDATE delivery_attempt a SET ended_at = at, outcome = x->>'outcome', error = x->>'error'
        WHERE a.delivery_id = (x->>'delivery')::bigint AND a.number = (x->>'attempt')::int AND a.ended_at IS NULL;
      IF FOUND THEN
        changed := true;
        UPDATE delivery SET state = (CASE x->>'outcome' WHEN 'retry' THEN 'queued' ELSE x->>'outcome' END)::"DeliveryState",
          lease_till = NULL, error = x->>'error', result = x->'result', next_at = at + make_interval(secs => COALESCE((x->>'delay_ms')::float8, 0) / 1000)
          WHERE id = (x->>'delivery')::bigint RETURNING * INTO d;
        IF x->>'provider' IS NOT NULL THEN
          UPDATE message SET provider_id = x->>'provider' WHERE id = d.message_id
            AND NOT EXISTS (SELECT 1 FROM message o WHERE o.channel_id = d.channel_id AND o.provider_id = x->>'provider');
        END IF;
        event_seq := append_event(c.workspace_id, 'delivery.attempted', c.id, d.message_id, jsonb_build_object('result', x->'result', 'delivery', d.id), at);
      END IF;
    WHEN 'retry' THEN
      SELECT * INTO m FROM message v WHERE v.id = x->>'message' AND v.conversation_id = c.id;
      SELECT * INTO d FROM delivery v WHERE v.message_id = m.id ORDER BY v.id DESC LIMIT 1;
      IF m.id IS NULL OR d.id IS NULL THEN missing := true;
      ELSIF d.state IN ('failed', 'unconfirmed') THEN
        changed := true;
        INSERT INTO delivery (workspace_id, channel_id, customer_id, conversation_id, message_id, state, error, next_at, created_at)
          SELECT c.workspace_id, c.channel_id, c.customer_id, c.id, m.id,
            (CASE WHEN ch.is_connect AND ch.deleted_at IS NULL THEN 'queued' ELSE 'failed' END)::"DeliveryState",
            CASE WHEN c.source = 'unknown' THEN 'Unknown conversation source'
                 WHEN ch.is_connect AND ch.deleted_at IS NULL THEN NULL ELSE initcap(c.source::text) || ' service not available' END, at, at
          FROM (SELECT 1) one LEFT JOIN channel ch ON ch.id = c.channel_id;
        event_seq := append_event(c.workspace_id, 'delivery.attempted', c.id, m.id, '{}', at);
      END IF;
    WHEN 'read' THEN
      target := least(COALESCE((x->>'up_to')::int, c.last_seq), c.last_seq);
      INSERT INTO read_mark AS r (conversation_id, user_id, workspace_id, seq, updated_at) VALUES (c.id, (x->>'user')::int, c.workspace_id, target, at)
        ON CONFLICT (conversation_id, user_id) DO UPDATE SET seq = EXCLUDED.seq, updated_at = at WHERE r.seq < EXCLUDED.seq;
      changed := FOUND;
      IF bot_answers(c.status, c.workspace_id) THEN
        target := least(target, COALESCE((SELECT max(v.seq) FROM message v WHERE v.conversation_id = c.id AND v.type = 'AI'), 0));
      END IF;
      IF target > c.answered_seq THEN
        changed := true;
        UPDATE conversation v SET answered_seq = target, unread_count =
          (SELECT count(*) FROM message u WHERE u.conversation_id = c.id AND u.type = 'customer' AND NOT u.held AND u.seq > target) WHERE v.id = c.id;
      END IF;
      detail := jsonb_build_object('user', (x->>'user')::int, 'up_to', target);
      IF changed OR (x->>'always')::boolean THEN
        event_seq := append_event(c.workspace_id, 'conversation.read', c.id, NULL, detail, at);
      END IF;
    WHEN 'status' THEN
      was := c.status;
      detail := jsonb_build_object('from', was, 'to', x->>'status', 'user', (x->>'user')::int);
      IF was <> x->>'status' THEN
        changed := true;
        UPDATE conversation v SET status = (x->>'status')::"ConversationStatus", updated_at = greatest(at, v.updated_at) WHERE v.id = c.id;
        event_seq := append_event(c.workspace_id, 'conversation.changed', c.id, NULL, detail, at);
      END IF;
    END CASE;
    SELECT to_jsonb(v) INTO conversation FROM conversation v WHERE v.id = c.id;
    RETURN NEXT;
  END LOOP;
END $$;
