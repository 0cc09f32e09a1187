-- CreateTable
CREATE TABLE "attachment" (
    "id" VARCHAR(32) NOT NULL,
    "workspace_id" INTEGER NOT NULL,
    "conversation_id" VARCHAR(10) NOT NULL,
    "message_id" VARCHAR(10),
    "uploader" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER,
    "width" INTEGER,
    "height" INTEGER,
    "duration_ms" INTEGER,
    "has_thumb" BOOLEAN NOT NULL DEFAULT false,
    "sha256" TEXT,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "source" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_removal" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "file_removal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "attachment_conversation_id_idx" ON "attachment"("conversation_id");

-- CreateIndex
CREATE INDEX "attachment_message_id_idx" ON "attachment"("message_id");

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say.

ALTER TABLE "attachment" ADD CONSTRAINT "attachment_state_check" CHECK ("state" IN ('pending', 'ready', 'failed'));

-- The constant keeps them out of sight of Prisma, which cannot say WHERE.
CREATE INDEX "attachment_unsent_idx" ON "attachment" ("workspace_id", "uploader", "created_at", (0)) WHERE "message_id" IS NULL;
CREATE INDEX "attachment_copy_idx" ON "attachment" ("next_at", (0)) WHERE "state" = 'pending' AND "source" IS NOT NULL AND "message_id" IS NOT NULL;

-- However a row goes (by itself, with its message, its conversation or its workspace), its file is removed afterwards.
CREATE FUNCTION note_file_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO file_removal (key) VALUES (OLD.id);
  RETURN NULL;
END $$;
CREATE TRIGGER attachment_leaves_file AFTER DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION note_file_removal();

-- Nothing new comes to what was erased. The lock lets an erasure that is under way end first, or wait for this row and find it.
CREATE FUNCTION refuse_attachment_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gone timestamptz;
BEGIN
  SELECT c.erased_at INTO gone FROM conversation c WHERE c.id = NEW.conversation_id FOR SHARE;
  IF gone IS NOT NULL THEN RAISE EXCEPTION 'it was erased' USING ERRCODE = 'PY001'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attachment_of_erased BEFORE INSERT ON attachment FOR EACH ROW EXECUTE FUNCTION refuse_attachment_of_erased();

CREATE FUNCTION erase_attachments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM attachment a WHERE a.conversation_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER erasure_takes_attachments AFTER UPDATE OF erased_at ON conversation FOR EACH ROW
  WHEN (NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL) EXECUTE FUNCTION erase_attachments();

-- A message takes its files with it when it is stored: all of them, or it is not stored. (PY002 is ours: the adapter knows it.)
CREATE FUNCTION claim_attachments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted text[] := ARRAY(SELECT e->>'id' FROM jsonb_array_elements(NEW.extras->'attachments') e); claimed int;
BEGIN
  UPDATE attachment a SET message_id = NEW.id
    WHERE a.id = ANY (wanted) AND a.message_id IS NULL AND a.conversation_id = NEW.conversation_id AND a.uploader = NEW.sender;
  GET DIAGNOSTICS claimed = ROW_COUNT;
  IF claimed <> cardinality(wanted) THEN RAISE EXCEPTION 'a file of it is not there to be sent' USING ERRCODE = 'PY002'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER message_claims_attachments AFTER INSERT ON message FOR EACH ROW WHEN (NEW.extras ? 'attachments') EXECUTE FUNCTION claim_attachments();

-- A message that is emptied (taken back, erased, deleted as spam) lets go of its files.
CREATE FUNCTION drop_attachments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM attachment a WHERE a.message_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER message_drops_attachments AFTER UPDATE OF extras ON message FOR EACH ROW
  WHEN (OLD.extras ? 'attachments' AND NOT COALESCE(NEW.extras ? 'attachments', false)) EXECUTE FUNCTION drop_attachments();

-- Ends a file's way here, once. Where it is a message's already, the message says so and the log tells. Locks are taken as
-- for every change: workspace, conversation, then the row. Answers no row where it is gone or was settled.
CREATE FUNCTION settle_attachment(in_id text, x jsonb) RETURNS TABLE (workspace int, event_seq bigint) LANGUAGE plpgsql AS $$
DECLARE a attachment; is_held boolean;
BEGIN
  SELECT * INTO a FROM attachment v WHERE v.id = in_id;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM 1 FROM workspace w WHERE w.id = a.workspace_id FOR NO KEY UPDATE;
  PERFORM 1 FROM conversation c WHERE c.id = a.conversation_id FOR NO KEY UPDATE;
  UPDATE attachment v SET state = x->>'state', reason = x->>'reason', kind = COALESCE(x->>'kind', v.kind), name = COALESCE(x->>'name', v.name),
    mime = COALESCE(x->>'mime', v.mime), size = COALESCE((x->>'size')::int, v.size), width = COALESCE((x->>'width')::int, v.width),
    height = COALESCE((x->>'height')::int, v.height), has_thumb = COALESCE((x->>'hasThumb')::boolean, false), sha256 = x->>'sha256'
    WHERE v.id = in_id AND v.state = 'pending' RETURNING v.* INTO a;
  IF NOT FOUND THEN RETURN; END IF;
  workspace := a.workspace_id; event_seq := NULL;
  IF a.message_id IS NOT NULL THEN
    UPDATE message m SET extras = jsonb_set(m.extras, '{attachments}', (
        SELECT jsonb_agg(CASE WHEN e->>'id' = a.id THEN e || jsonb_build_object('kind', a.kind, 'name', a.name, 'mime', a.mime, 'size', a.size,
          'width', a.width, 'height', a.height, 'state', a.state, 'reason', a.reason, 'hasThumb', a.has_thumb) ELSE e END ORDER BY n)
        FROM jsonb_array_elements(m.extras->'attachments') WITH ORDINALITY AS t (e, n)))
      WHERE m.id = a.message_id AND m.extras ? 'attachments' RETURNING m.held INTO is_held;
    -- Nobody sees what is held: it shows its files when it is released.
    IF FOUND AND NOT is_held THEN
      event_seq := append_event(a.workspace_id, 'message.changed', a.conversation_id, a.message_id, '{}', date_trunc('milliseconds', clock_timestamp()));
    END IF;
  END IF;
  RETURN NEXT;
END $$;
