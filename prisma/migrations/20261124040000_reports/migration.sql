-- DropIndex
DROP INDEX "security_event_workspace_id_created_at_idx";

-- AlterTable
ALTER TABLE "security_event" ADD COLUMN     "count" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "security_tally" (
    "workspace_id" INTEGER NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "security_tally_pkey" PRIMARY KEY ("workspace_id","minute","kind")
);

-- CreateIndex
CREATE INDEX "security_tally_minute_idx" ON "security_tally"("minute");

-- CreateIndex
CREATE INDEX "security_event_kind_id_idx" ON "security_event"("kind", "id" DESC);

-- CreateIndex
CREATE INDEX "security_event_workspace_id_kind_id_idx" ON "security_event"("workspace_id", "kind", "id" DESC);


-- What Prisma's schema language cannot say.

-- What was noted before there were tallies.
INSERT INTO security_tally (workspace_id, minute, kind, count)
  SELECT w.id, date_trunc('minute', e.created_at), e.kind, sum(e.count)
  FROM security_event e CROSS JOIN LATERAL (SELECT 0 AS id UNION SELECT e.workspace_id WHERE e.workspace_id IS NOT NULL) w
  GROUP BY 1, 2, 3;
