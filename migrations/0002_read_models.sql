-- Read models: folded from the log in the same transaction, dropped and rebuilt at will. Reports read these.
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

-- A ticket's id begins with its business date: the primary key serves reports over days.
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

-- Services given: one row a transaction (笔).
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

-- The ledger (台账) of transactions past their limit.
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

CREATE INDEX overruns_by_period ON overruns (branch, period, ended_at);
