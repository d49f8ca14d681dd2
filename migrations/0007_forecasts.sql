-- Waits predicted, each with what came true. Not folded from the log: what a model said is known only where it was said.
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

CREATE INDEX wait_forecasts_by_time ON wait_forecasts (branch, made_at);

-- What a branch's forecaster has learnt: a cache. Without it, it learns again from the tickets served.
CREATE TABLE forecast_models (
  branch TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  model TEXT NOT NULL
) STRICT, WITHOUT ROWID;
