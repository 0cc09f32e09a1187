-- CreateTable
CREATE TABLE "live_node" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "seen_till" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "live_node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "live_connection" (
    "id" UUID NOT NULL,
    "node_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" INTEGER NOT NULL,
    "session_id" UUID NOT NULL,
    "workspace_ids" INTEGER[],
    "conversation_id" VARCHAR(10),
    "address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "lag_bytes" INTEGER NOT NULL DEFAULT 0,
    "end_asked_at" TIMESTAMPTZ(3),

    CONSTRAINT "live_connection_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "live_connection_node_id_idx" ON "live_connection"("node_id");

-- AddForeignKey
ALTER TABLE "live_connection" ADD CONSTRAINT "live_connection_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "live_node"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say.

-- What a crash loses here the nodes report again; it need not be in the write-ahead log.
ALTER TABLE live_connection SET UNLOGGED;
ALTER TABLE live_node SET UNLOGGED;
