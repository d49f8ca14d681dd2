-- The log: one per branch, gapless, append only, each row hashed over the one before.
CREATE TABLE events (
  branch TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (branch, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'the log is append only');
END;

CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'the log is append only');
END;

-- Accepted commands: a repeated id is answered from here. The body only as a keyed hash.
-- Written in order; the index by id (random, so each entry soils a page of its own) follows in bulk in quiet moments.
CREATE TABLE commands (
  no INTEGER PRIMARY KEY,
  branch TEXT NOT NULL,
  actor TEXT NOT NULL,
  id TEXT NOT NULL,
  body_hash BLOB NOT NULL,
  after_seq INTEGER NOT NULL,
  up_to_seq INTEGER NOT NULL,
  result TEXT
) STRICT;

CREATE TABLE command_index (
  branch TEXT NOT NULL,
  actor TEXT NOT NULL,
  id TEXT NOT NULL,
  no INTEGER NOT NULL,
  PRIMARY KEY (branch, actor, id)
) STRICT, WITHOUT ROWID;

-- What may be purged: events hold only the ref.
CREATE TABLE personal (
  branch TEXT NOT NULL,
  ref TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contact', 'text', 'name')),
  value TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (branch, ref)
) STRICT, WITHOUT ROWID;

CREATE INDEX personal_by_age ON personal (at);

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
