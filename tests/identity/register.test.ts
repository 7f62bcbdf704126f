import { describe, expect, test } from 'vitest';
import { publisherNamespace, uuid5 } from '../../compiler/identity/ids.ts';
import { digestOf, type LockLine } from '../../compiler/identity/lock.ts';
import { Register, type RegisterRequest } from '../../compiler/identity/register.ts';

const KEY = 'suricata/dns/domain/a.example';
const LINE: LockLine = {
  key: KEY,
  id: '1234567',
  revision: 3,
  digest: digestOf('text'),
  created: '2025-01-01',
  changed: '2025-02-02',
};

function opened(over: Partial<RegisterRequest> = {}): Register {
  return Register.open({
    publisherId: 'example',
    target: 'suricata',
    identity: 'sid',
    sidRange: [1000000, 1999999],
    lock: new Map(),
    asOf: '2026-01-01',
    keys: [KEY],
    ...over,
  }) as Register;
}

test('a rule of a target with sids has no UUID', () => {
  const { uuid, sid } = opened().ids(KEY);
  expect(uuid).toBeUndefined();
  expect(sid).toBeGreaterThanOrEqual(1000000);
});

test('a rule of a target with UUIDs has no sid, and the lock notes its UUID', () => {
  const register = opened({ identity: 'uuid' });
  const { uuid, sid } = register.ids(KEY);
  expect(sid).toBeUndefined();
  expect(uuid).toBe(uuid5(publisherNamespace('example'), KEY));
  expect(register.revise(KEY, 'text')).toEqual({
    key: KEY,
    id: uuid,
    revision: 1,
    digest: digestOf('text'),
    created: '2026-01-01',
    changed: '2026-01-01',
  });
});

describe('with a lock', () => {
  const lock = new Map([[KEY, LINE]]);

  test('the same text: the line as it was', () => {
    expect(opened({ lock }).revise(KEY, 'text')).toEqual(LINE);
  });

  test('another text: one revision more, today', () => {
    const line = opened({ lock }).revise(KEY, 'other');
    expect(line).toEqual({ ...LINE, revision: 4, digest: digestOf('other'), changed: '2026-01-01' });
  });

  test('rendered twice in one build: still one revision more', () => {
    const register = opened({ lock });
    register.revise(KEY, 'other');
    expect(register.revise(KEY, 'other').revision).toBe(4);
    expect([...register.lines.keys()]).toEqual([KEY]);
  });

  test('sids of other targets do not matter', () => {
    const other = new Map([
      ['suricata-ips/dns/domain/a.example', { ...LINE, key: 'suricata-ips/dns/domain/a.example' }],
    ]);
    expect(opened({ lock: other }).ids(KEY)).toEqual(opened().ids(KEY));
  });

  test('a range that moved gives new sids and leaves revisions', () => {
    const line = opened({ lock, sidRange: [5, 9] }).revise(KEY, 'text');
    expect(Number(line.id)).toBeLessThanOrEqual(9);
    expect(line).toMatchObject({ revision: 3, created: '2025-01-01', changed: '2025-02-02' });
  });
});

test('a range that is too small opens nothing', () => {
  expect(opened({ sidRange: [1, 2], keys: ['a', 'b', 'c'] })).toBeUndefined();
  expect(opened({ sidRange: [1, 2], keys: ['a', 'b', 'c'], identity: 'uuid' })).toBeDefined();
});

describe('files', () => {
  const FILE = 'rpz/@file/refang.rpz';
  const revised = (lock: ReadonlyMap<string, LockLine> | undefined, ...pieces: string[]) =>
    opened({ identity: undefined, keys: [], target: 'rpz', lock }).reviseFile(FILE, pieces);

  test('a new one is at revision 1 and has no id', () => {
    expect(revised(new Map(), 'te', 'xt')).toEqual({
      key: FILE,
      id: '-',
      revision: 1,
      digest: digestOf('text'),
      created: '2026-01-01',
      changed: '2026-01-01',
    });
  });

  test('the revision rises when the text changes, and only then', () => {
    const line = revised(new Map(), 'text');
    expect(revised(new Map([[FILE, line]]), 'tex', 't')).toEqual(line);
    expect(revised(new Map([[FILE, line]]), 'other').revision).toBe(2);
  });

  test('without a lock it is 1', () => {
    expect(revised(undefined, 'text').revision).toBe(1);
  });

  test('their lines are no sids', () => {
    const line: LockLine = { ...LINE, key: 'suricata/@file/a', id: '-' };
    expect(opened({ lock: new Map([[line.key, line]]) }).ids(KEY)).toEqual(opened().ids(KEY));
  });
});
