CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'the log is append only');
END;

CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'the log is append only');
END;

CREATE TABLE advice (
  branch TEXT NOT NULL,
  advice_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  by_itself INTEGER NOT NULL,
  late INTEGER NOT NULL,
  ended_at INTEGER,
  ended_by TEXT,
  reason_ref TEXT,
  why TEXT,
  before TEXT,
  after TEXT,
  PRIMARY KEY (branch, advice_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
  branch TEXT NOT NULL,
  case_id TEXT NOT NULL,
  attachment_id TEXT NOT NULL,
  name_ref TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  attached_at INTEGER NOT NULL,
  attached_by TEXT NOT NULL,
  PRIMARY KEY (branch, case_id, attachment_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE case_entries (
  branch TEXT NOT NULL,
  case_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (branch, case_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE "case_people" (
  branch TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  logged_at INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  PRIMARY KEY (branch, staff_id, logged_at, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_refs (
  branch TEXT NOT NULL,
  ref TEXT NOT NULL,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (branch, ref, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
  branch TEXT NOT NULL,
  case_id TEXT NOT NULL,
  no TEXT NOT NULL,
  kind TEXT NOT NULL,
  severity INTEGER NOT NULL,
  state TEXT NOT NULL,
  open INTEGER NOT NULL,
  owner_id TEXT NOT NULL,
  logged_at INTEGER NOT NULL,
  logged_by TEXT NOT NULL,
  due_at INTEGER,
  closed_at INTEGER,
  about_staff_id TEXT,
  silent INTEGER NOT NULL,
  subject_ref TEXT,
  details_ref TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (branch, case_id)
) STRICT;

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

CREATE TABLE forecast_models (
  branch TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  model TEXT NOT NULL
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
, pin_hash TEXT, pin_failures INTEGER NOT NULL DEFAULT 0, pin_locked_until INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE personal (
  branch TEXT NOT NULL,
  ref TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contact', 'text', 'name')),
  value TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (branch, ref)
) STRICT, WITHOUT ROWID;

CREATE TABLE post_stretches (
  branch TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER,
  post TEXT,
  counter_id TEXT,
  PRIMARY KEY (branch, staff_id, from_at)
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

CREATE TABLE rota_days (
  branch TEXT NOT NULL,
  date TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (branch, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  sid TEXT NOT NULL PRIMARY KEY,
  username TEXT NOT NULL,
  data TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sqlite_sequence(name,seq);

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

CREATE TABLE wait_forecasts (
  branch TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  -- Told to the customer as the number was given out, or one of the later ones.
  told INTEGER NOT NULL,
  low_ms INTEGER NOT NULL,
  median_ms INTEGER NOT NULL,
  high_ms INTEGER NOT NULL,
  -- Of the wait that was then still to come; and how it ended: called, left, or nobody knows (the hub was down).
  came_ms INTEGER,
  outcome TEXT CHECK (outcome IN ('called', 'left', 'unknown')),
  PRIMARY KEY (branch, ticket_id, made_at)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE webhook_targets (
  webhook_id TEXT NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX advice_by_time ON advice (branch, given_at);

CREATE INDEX attachments_by_hash ON attachments (sha256);

CREATE INDEX cases_by_kind ON cases (branch, kind, logged_at, case_id);

CREATE INDEX cases_by_owner ON cases (branch, owner_id, logged_at, case_id);

CREATE INDEX cases_by_severity ON cases (branch, severity, logged_at, case_id);

CREATE INDEX cases_by_state ON cases (branch, state, logged_at, case_id);

CREATE INDEX cases_by_time ON cases (branch, logged_at, case_id);

CREATE INDEX cases_open ON cases (branch, logged_at, case_id) WHERE open = 1;

CREATE INDEX cases_open_by_kind ON cases (branch, kind, logged_at, case_id) WHERE open = 1;

CREATE INDEX cases_silent ON cases (branch, case_id) WHERE silent = 1;

CREATE INDEX overruns_by_period ON overruns (branch, period, ended_at);

CREATE INDEX personal_by_age ON personal (kind, at);

CREATE INDEX post_stretches_by_time ON post_stretches (branch, from_at);

CREATE INDEX post_stretches_open ON post_stretches (branch, staff_id) WHERE to_at IS NULL;

CREATE INDEX replenishments_by_time ON replenishments (branch, at);

CREATE INDEX retained_cards_by_time ON retained_cards (branch, retained_at);

CREATE INDEX sessions_by_username ON sessions (username);

CREATE INDEX wait_forecasts_by_time ON wait_forecasts (branch, made_at);

CREATE INDEX wait_forecasts_open ON wait_forecasts (branch, made_at) WHERE outcome IS NULL;

CREATE INDEX wait_forecasts_told ON wait_forecasts (branch, made_at, outcome, came_ms, low_ms, median_ms, high_ms) WHERE told = 1;

CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (first_at);

CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
