import { describe, expect, test } from 'vitest';
import { digestOf, type LockLine } from '../../compiler/identity/lock.ts';
import { Register, type RegisterRequest } from '../../compiler/identity/register.ts';
import { publisherNamespace, uuid5 } from '../../compiler/identity/uuid.ts';

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

  test('a range that moved gives new sids and leaves revisions; the old sid is remembered', () => {
    const register = opened({ lock, sidRange: [5, 9] });
    const line = register.revise(KEY, 'text');
    expect(Number(line.id)).toBeLessThanOrEqual(9);
    expect(line).toEqual({ ...LINE, id: line.id, former: ['1234567'] });
    expect(register.movedSids).toEqual([{ key: KEY, from: 1234567, to: Number(line.id), keeper: undefined }]);
  });

  test('a range that moves back gives the old sids back', () => {
    const moved = { ...LINE, id: '5', former: ['1234567'] };
    const line = opened({ lock: new Map([[KEY, moved]]) }).revise(KEY, 'text');
    expect(line).toEqual({ ...LINE, former: ['5'] });
  });

  describe('that a merge left with one sid twice', () => {
    const OTHER = 'suricata/dns/domain/b.example';
    const other = { ...LINE, key: OTHER };
    const twice = new Map([...lock, [OTHER, other]]);

    test('one rule keeps it; the other gets a new one, its revision stays', () => {
      const register = opened({ lock: twice, keys: [OTHER, KEY] });
      expect(register.ids(KEY)).toEqual({ sid: 1234567 });
      const sid = register.ids(OTHER).sid as number;
      expect(register.movedSids).toEqual([{ key: OTHER, from: 1234567, to: sid, keeper: KEY }]);
      expect(register.revise(OTHER, 'text')).toEqual({ ...other, id: String(sid), former: ['1234567'] });
    });

    test('a rule that is live keeps it; the one that is retired goes without, and gets another when it returns', () => {
      const register = opened({ lock: twice, keys: [OTHER] });
      expect(register.ids(OTHER)).toEqual({ sid: 1234567 });
      expect(register.movedSids).toEqual([]);
      const without = { ...LINE, id: '-', former: ['1234567'] };
      expect([...register.lines.values()]).toEqual([without]);

      const healed = new Map([...twice, [KEY, without]]);
      const returned = opened({ lock: healed, keys: [KEY, OTHER] });
      expect(returned.ids(OTHER)).toEqual({ sid: 1234567 });
      const line = returned.revise(KEY, 'text');
      expect(Number(line.id)).toBeGreaterThanOrEqual(1000000);
      expect(line).toEqual({ ...without, id: line.id });
    });
  });

  test('a target that had UUIDs gets sids, and remembers what its rules were called', () => {
    const uuid = uuid5(publisherNamespace('example'), KEY);
    const line = opened({ lock: new Map([[KEY, { ...LINE, id: uuid }]]) }).revise(KEY, 'text');
    expect(line).toEqual({ ...LINE, id: String(opened().ids(KEY).sid), former: [uuid] });
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
