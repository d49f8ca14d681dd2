-- Advice as it was given or accepted (body), what became of it and what it brought. Folded from the log.
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

CREATE INDEX advice_by_time ON advice (branch, given_at);
