CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'the log is append only');
END;

CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'the log is append only');
END;

CREATE TABLE business_days (
  branch TEXT NOT NULL,
  date TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  opens_at INTEGER,
  closes_at INTEGER,
  day_type TEXT NOT NULL,
  PRIMARY KEY (branch, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE command_index (
  branch TEXT NOT NULL,
  actor TEXT NOT NULL,
  id TEXT NOT NULL,
  no INTEGER NOT NULL,
  PRIMARY KEY (branch, actor, id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE device_tokens (
  device_id TEXT NOT NULL PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE items (
  branch TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  item_index INTEGER NOT NULL,
  service_id TEXT NOT NULL,
  counter_id TEXT NOT NULL,
  staff_id TEXT,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  amount_fen INTEGER,
  notes INTEGER,
  limit_ms INTEGER,
  extended_ms INTEGER NOT NULL,
  PRIMARY KEY (branch, ticket_id, item_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE machine_intervals (
  branch TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER,
  state TEXT NOT NULL,
  faults TEXT NOT NULL,
  PRIMARY KEY (branch, machine_id, from_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE machine_maintenance (
  branch TEXT NOT NULL,
  maintenance_id TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  planned_at INTEGER NOT NULL,
  planned_by TEXT NOT NULL,
  reason_ref TEXT,
  cancelled_at INTEGER,
  cancelled_by TEXT,
  PRIMARY KEY (branch, maintenance_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE overruns (
  branch TEXT NOT NULL,
  overrun_id TEXT NOT NULL,
  period TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  ticket_id TEXT NOT NULL,
  number TEXT NOT NULL,
  item_index INTEGER NOT NULL,
  service_id TEXT NOT NULL,
  counter_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  limit_ms INTEGER NOT NULL,
  actual_ms INTEGER NOT NULL,
  authorisation_ms INTEGER NOT NULL,
  extensions TEXT NOT NULL,
  stage INTEGER NOT NULL,
  unverified INTEGER NOT NULL,
  appealed_at INTEGER,
  appeal_ref TEXT,
  decided_at INTEGER,
  decided_by TEXT,
  upheld INTEGER,
  decision_ref TEXT,
  PRIMARY KEY (branch, overrun_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  username TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE personal (
  branch TEXT NOT NULL,
  ref TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contact', 'text', 'name')),
  value TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (branch, ref)
) STRICT, WITHOUT ROWID;

CREATE TABLE replenishments (
  branch TEXT NOT NULL,
  replenishment_id TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  done_by TEXT NOT NULL,
  loaded_fen INTEGER NOT NULL,
  counted_fen INTEGER NOT NULL,
  expected_fen INTEGER NOT NULL,
  difference_fen INTEGER NOT NULL,
  confirmed_by TEXT,
  confirmed_at INTEGER,
  settle_by INTEGER,
  settled_by TEXT,
  settled_at INTEGER,
  explanation_ref TEXT,
  PRIMARY KEY (branch, replenishment_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE retained_cards (
  branch TEXT NOT NULL,
  card_id TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  retained_at INTEGER NOT NULL,
  registered_by TEXT NOT NULL,
  state TEXT NOT NULL,
  digits_ref TEXT,
  contact_ref TEXT,
  collected_by TEXT,
  collected_at INTEGER,
  ended_by TEXT,
  ended_at INTEGER,
  reason_ref TEXT,
  PRIMARY KEY (branch, card_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  sid TEXT NOT NULL PRIMARY KEY,
  username TEXT NOT NULL,
  data TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tickets (
  branch TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  date TEXT,
  number TEXT NOT NULL,
  service_id TEXT NOT NULL,
  segment TEXT,
  walk_up INTEGER NOT NULL,
  issued_at INTEGER NOT NULL,
  ahead INTEGER,
  quoted_ms INTEGER,
  first_called_at INTEGER,
  order_reason TEXT,
  counter_id TEXT,
  staff_id TEXT,
  started_at INTEGER,
  ended_at INTEGER,
  outcome TEXT,
  rating INTEGER,
  PRIMARY KEY (branch, ticket_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX overruns_by_period ON overruns (branch, period, ended_at);

CREATE INDEX personal_by_age ON personal (at);

CREATE INDEX replenishments_by_time ON replenishments (branch, at);

CREATE INDEX retained_cards_by_time ON retained_cards (branch, retained_at);

CREATE INDEX sessions_by_username ON sessions (username);
