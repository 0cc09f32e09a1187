-- CreateTable
CREATE TABLE "security_event" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" INTEGER,
    "user_id" INTEGER,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "detail" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "security_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blocked_ip" (
    "id" SERIAL NOT NULL,
    "network" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_by" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "hits" INTEGER NOT NULL DEFAULT 0,
    "last_hit_at" TIMESTAMPTZ(3),

    CONSTRAINT "blocked_ip_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "security_event_created_at_idx" ON "security_event"("created_at");

-- CreateIndex
CREATE INDEX "security_event_user_id_created_at_idx" ON "security_event"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "security_event_workspace_id_created_at_idx" ON "security_event"("workspace_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "blocked_ip_network_key" ON "blocked_ip"("network");

-- CreateIndex
CREATE INDEX "blocked_ip_expires_at_idx" ON "blocked_ip"("expires_at");


-- What Prisma's schema language cannot say.

-- The bot answers where the workspace wants it and a key may write in its name: one whose maker is still a member.
CREATE OR REPLACE FUNCTION bot_answers(given_status "ConversationStatus", given_workspace int) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT given_status = 'active' AND (SELECT w.bot FROM workspace w WHERE w.id = given_workspace) AND EXISTS (
  SELECT 1 FROM api_key k JOIN membership m ON m.workspace_id = k.workspace_id AND m.user_id = k.user_id
  WHERE k.workspace_id = given_workspace AND 'ai' = ANY (k.scopes) AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > now())) $$;
