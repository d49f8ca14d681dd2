-- Cases. `body` is the case as the rules know it: references, never text.
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

-- Every list is in the order of logging, newest first; each common filter finds its own in that order.
CREATE INDEX cases_by_time ON cases (branch, logged_at, case_id);
CREATE INDEX cases_open ON cases (branch, logged_at, case_id) WHERE open = 1;
CREATE INDEX cases_by_state ON cases (branch, state, logged_at, case_id);
CREATE INDEX cases_by_kind ON cases (branch, kind, logged_at, case_id);
CREATE INDEX cases_by_severity ON cases (branch, severity, logged_at, case_id);
CREATE INDEX cases_silent ON cases (branch, case_id) WHERE silent = 1;
CREATE INDEX cases_by_owner ON cases (branch, owner_id, logged_at, case_id);

-- Whoever ever had to do with a case sees it to its end.
CREATE TABLE case_people (
  branch TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  PRIMARY KEY (branch, staff_id, case_id)
) STRICT, WITHOUT ROWID;

-- The timeline of a case: which events of the log are its entries.
CREATE TABLE case_entries (
  branch TEXT NOT NULL,
  case_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (branch, case_id, seq)
) STRICT, WITHOUT ROWID;

-- Which case a text or contact belongs to: who may read it and how long it is kept follow from that.
CREATE TABLE case_refs (
  branch TEXT NOT NULL,
  ref TEXT NOT NULL,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (branch, ref, case_id)
) STRICT, WITHOUT ROWID;

-- Files are kept outside the database under the hash of what is in them.
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

CREATE INDEX attachments_by_hash ON attachments (sha256);

-- What is purged by age is looked through kind by kind.
DROP INDEX personal_by_age;
CREATE INDEX personal_by_age ON personal (kind, at);
