-- What Prisma's schema language cannot say.

-- What failed lately, by channel: it holds nothing else, and so costs what is delivered nothing.
CREATE INDEX "delivery_failed_idx" ON "delivery" ("channel_id", "created_at") WHERE "state" = 'failed';
