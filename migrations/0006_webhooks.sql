-- Webhooks: where they go and how they are signed (encrypted; the log has neither), how far each has come, what came of it.
CREATE TABLE webhook_targets (
  webhook_id TEXT NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Everything of the branch's log up to seq has been dealt with; no row = nothing yet. What follows seq is the outbox.
CREATE TABLE webhook_cursors (
  webhook_id TEXT NOT NULL,
  branch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  failing_since INTEGER,
  next_try_at INTEGER,
  error TEXT,
  PRIMARY KEY (webhook_id, branch)
) STRICT, WITHOUT ROWID;

-- For people: one row an event told, times in real ms.
CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id TEXT NOT NULL,
  branch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  message_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('retrying', 'delivered', 'givenUp')),
  attempts INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  status INTEGER,
  error TEXT,
  UNIQUE (webhook_id, branch, seq)
) STRICT;

CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (first_at);
