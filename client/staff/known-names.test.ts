import { expect, test } from 'vitest';
import { knownNames, withNames } from './known-names.ts';

test('a refusal that names somebody names them as people do; one nobody knows keeps the id', () => {
  knownNames.setState({ names: { manager: '马晓芳' }, staff: {} });
  const refusal = { status: 409, code: 'case.already_accepted', detail: '', params: { no: '20261123-04', ownerId: 'manager' } };
  expect(withNames(refusal).params).toEqual({ no: '20261123-04', ownerId: '马晓芳' });
  expect(withNames({ ...refusal, params: { ownerId: 'gone' } }).params).toEqual({ ownerId: 'gone' });
  expect(withNames({ ...refusal, params: { no: 'x' } })).toEqual({ ...refusal, params: { no: 'x' } });
});
