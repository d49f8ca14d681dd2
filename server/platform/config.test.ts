import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('an empty environment is a complete configuration', () => {
  expect(readConfig({ PORT: '' })).toEqual({
    ok: true,
    config: {
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      logLevel: 'info',
      allowedOrigins: [],
      rateLimit: true,
      trustProxy: false,
      speed: 1,
      demo: false,
      keep: { contactDays: 30, textDays: 730, caseDays: 1825 },
      attachmentBytes: 2048 * 1024 * 1024,
    },
  });
});

it('every value can be set', () => {
  expect(
    readConfig({
      PORT: '4120',
      HOST: '::1',
      DATA_DIR: '/srv/hub',
      LOG_LEVEL: 'warn',
      ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080',
      RATE_LIMIT: 'off',
      TRUST_PROXY: 'on',
      SPEED: '2.5',
      COUNTERFLOW_DEMO: '1',
      START_AT: '2026-05-13T08:30+08:00',
      CONTACT_DAYS: '7',
      TEXT_DAYS: '365',
      CASE_DAYS: '3650',
      ATTACHMENT_MB: '512',
    }),
  ).toEqual({
    ok: true,
    config: {
      port: 4120,
      host: '::1',
      dataDir: '/srv/hub',
      logLevel: 'warn',
      allowedOrigins: ['https://a.example', 'http://b.example:8080'],
      rateLimit: false,
      trustProxy: true,
      speed: 2.5,
      demo: true,
      startAt: Date.UTC(2026, 4, 13, 0, 30),
      keep: { contactDays: 7, textDays: 365, caseDays: 3650 },
      attachmentBytes: 512 * 1024 * 1024,
    },
  });
});

it.each([
  [{ PORT: 'eighty' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ ALLOWED_ORIGINS: 'hub.bank.example' }, 'ALLOWED_ORIGINS'],
  [{ ALLOWED_ORIGINS: 'https://hub.bank.example/path' }, 'ALLOWED_ORIGINS'],
  [{ RATE_LIMIT: 'maybe' }, 'RATE_LIMIT'],
  [{ CASE_DAYS: '0' }, 'CASE_DAYS'],
  [{ ATTACHMENT_MB: '1.5' }, 'ATTACHMENT_MB'],
  [{ SPEED: '0' }, 'SPEED'],
  [{ SPEED: '-3' }, 'SPEED'],
  [{ START_AT: '08:30', COUNTERFLOW_DEMO: '1' }, 'START_AT'],
  [{ START_AT: '1999-05-13T08:30Z', COUNTERFLOW_DEMO: '1' }, 'START_AT'],
  [{ START_AT: '2026-05-13T08:30Z' }, 'START_AT'],
])('a wrong value is one line that names the variable: %o', (env, name) => {
  const read = readConfig(env);
  expect(read.ok).toBe(false);
  if (read.ok) return;
  expect(read.line).toMatch(new RegExp(`^${name}=`));
  expect(read.line).not.toContain('\n');
});
