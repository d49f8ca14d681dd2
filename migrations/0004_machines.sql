-- Self-service machines. One row per stretch of one state with one set of faults; the last one of a machine is open.
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

-- Cash added (加钞), with its second person and its difference.
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

CREATE INDEX replenishments_by_time ON replenishments (branch, at);

-- The register of retained cards (吞卡登记). Digits and contacts are kept apart: references only.
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

CREATE INDEX retained_cards_by_time ON retained_cards (branch, retained_at);
