-- Whose cases, newest first: a page of one's own is read in its order, not found and then sorted.
CREATE TABLE case_people_by_time (
  branch TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  logged_at INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  PRIMARY KEY (branch, staff_id, logged_at, case_id)
) STRICT, WITHOUT ROWID;

INSERT INTO case_people_by_time (branch, staff_id, logged_at, case_id)
  SELECT p.branch, p.staff_id, c.logged_at, p.case_id
  FROM case_people p JOIN cases c ON c.branch = p.branch AND c.case_id = p.case_id;

DROP TABLE case_people;
ALTER TABLE case_people_by_time RENAME TO case_people;

-- The open ones of one kind, newest first.
CREATE INDEX cases_open_by_kind ON cases (branch, kind, logged_at, case_id) WHERE open = 1;
