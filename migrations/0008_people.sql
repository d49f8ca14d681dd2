-- A PIN for shared terminals, set by the person: hashed like a password, with a lock-out of its own.
ALTER TABLE people ADD COLUMN pin_hash TEXT;
ALTER TABLE people ADD COLUMN pin_failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN pin_locked_until INTEGER NOT NULL DEFAULT 0;

-- The plan of a day as its events left it: the branch's state keeps only some weeks.
CREATE TABLE rota_days (
  branch TEXT NOT NULL,
  date TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (branch, date)
) STRICT, WITHOUT ROWID;

-- Who was where: one row a stretch at a post (or free, post NULL); to_at NULL while it lasts.
CREATE TABLE post_stretches (
  branch TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER,
  post TEXT,
  counter_id TEXT,
  PRIMARY KEY (branch, staff_id, from_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_stretches_open ON post_stretches (branch, staff_id) WHERE to_at IS NULL;
CREATE INDEX post_stretches_by_time ON post_stretches (branch, from_at);
