-- Who may come in: names and secrets, which the bank's log must not hold. Rows are written with the event they belong to.
CREATE TABLE people (
  username TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE device_tokens (
  device_id TEXT NOT NULL PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  sid TEXT NOT NULL PRIMARY KEY,
  username TEXT NOT NULL,
  data TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_username ON sessions (username);
