-- What Prisma's schema language cannot say.

-- Which pages may show some website's widget: asked before every session that a browser opens across origins.
CREATE INDEX "channel_allowed_origins_idx" ON "channel" USING gin (("settings"->'allowedOrigins')) WHERE "source" = 'website' AND "deleted_at" IS NULL;

-- What the customer has seen only grows, and never beyond what is shown to them.
CREATE FUNCTION change_seen(x jsonb, c conversation, at timestamptz) RETURNS "change" LANGUAGE plpgsql AS $$
DECLARE r "change" := (false, false, NULL, '{}'); target int;
BEGIN
  target := (SELECT max(v.seq) FROM message v WHERE v.conversation_id = c.id AND v.seq <= (x->>'up_to')::int AND NOT v.held);
  IF target IS NULL OR target <= c.seen_seq THEN RETURN r; END IF;
  r.changed := true;
  UPDATE conversation v SET seen_seq = target WHERE v.id = c.id;
  r.event_seq := append_event(c.workspace_id, 'conversation.seen', c.id, NULL, '{}', at);
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
          WHEN 'release' THEN change_release(x, c, at) WHEN 'discard' THEN change_discard(x, c, at)
          WHEN 'seen' THEN change_seen(x, c, at) END;
        SELECT to_jsonb(v) INTO conversation FROM conversation v WHERE v.id = c.id;
      END IF;
    END IF;

    missing := r.missing; changed := r.changed; event_seq := r.event_seq; detail := r.detail;
    RETURN NEXT;
  END LOOP;
END $$;
