/** What the bank's log must not hold: names, password hashes, device token hashes. Rows follow the bank's events in the same transaction. */
import { hash } from 'node:crypto';
import type { Database } from '../store/store.types.ts';

export interface Person {
  readonly username: string;
  readonly name: string;
  readonly passwordHash: string;
}

interface PersonRow {
  username: string;
  name: string;
  password_hash: string;
}

export function putPerson(db: Database, { username, name, passwordHash }: Person): void {
  db.prepare('INSERT INTO people (username, name, password_hash) VALUES (?, ?, ?)').run(username, name, passwordHash);
}

export function setName(db: Database, username: string, name: string): void {
  db.prepare('UPDATE people SET name = ? WHERE username = ?').run(name, username);
}

/** A new password ends a lock-out and every session, and the PIN: whoever knew the old password could have set that. */
export function setPasswordHash(db: Database, username: string, passwordHash: string): void {
  db.prepare('UPDATE people SET password_hash = ?, failures = 0, locked_until = 0, pin_hash = NULL WHERE username = ?').run(
    passwordHash,
    username,
  );
  db.prepare('DELETE FROM sessions WHERE username = ?').run(username);
}

/** A new PIN ends its lock-out. */
export function setPinHash(db: Database, username: string, pinHash: string): void {
  db.prepare('UPDATE people SET pin_hash = ?, pin_failures = 0, pin_locked_until = 0 WHERE username = ?').run(pinHash, username);
}

/** Usernames of those who have set a PIN. */
export function havePins(db: Database): Set<string> {
  return new Set(db.prepare<[], string>('SELECT username FROM people WHERE pin_hash IS NOT NULL').pluck().all());
}

export function dropSessionsOf(db: Database, username: string): void {
  db.prepare('DELETE FROM sessions WHERE username = ?').run(username);
}

export function findPerson(db: Database, username: string): Person | undefined {
  const row = db.prepare<[string], PersonRow>('SELECT username, name, password_hash FROM people WHERE username = ?').get(username);
  return row && { username: row.username, name: row.name, passwordHash: row.password_hash };
}

/** Names by username. */
export function namesOfStaff(db: Database): Map<string, string> {
  const rows = db.prepare<[], { username: string; name: string }>('SELECT username, name FROM people').all();
  return new Map(rows.map(({ username, name }) => [username, name]));
}

/** Tokens are long and random, so a plain hash is enough. */
export const tokenHash = (token: string): Buffer => hash('sha256', token, 'buffer');

export function putDeviceToken(db: Database, deviceId: string, token: string): void {
  db.prepare('INSERT INTO device_tokens (device_id, token_hash) VALUES (?, ?)').run(deviceId, tokenHash(token));
}

export function dropDeviceToken(db: Database, deviceId: string): void {
  db.prepare('DELETE FROM device_tokens WHERE device_id = ?').run(deviceId);
}

/** Device ids by the token hash in hex. */
export function deviceTokens(db: Database): Map<string, string> {
  const rows = db.prepare<[], { device_id: string; token_hash: Buffer }>('SELECT device_id, token_hash FROM device_tokens').all();
  return new Map(rows.map((row) => [row.token_hash.toString('hex'), row.device_id]));
}
