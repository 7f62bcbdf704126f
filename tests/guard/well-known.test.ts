/** The lists that are kept by hand: every entry is canonical, stands once and has a reason. */

import { expect, test } from 'vitest';
import { publicResolvers } from '../../compiler/guard/public-resolver.ts';
import { wellKnown } from '../../compiler/guard/well-known.ts';
import { WELL_KNOWN_NAMES } from '../../compiler/guard/well-known-names.ts';
import { WELL_KNOWN_NETWORKS } from '../../compiler/guard/well-known-networks.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { guardedBy } from '../../compiler/plan/consequence.ts';
import type { Given } from '../plan/help.ts';
import { guardsWith, hitsOf } from './help.ts';

const lines = (text: string) => text.trim().split('\n');

test('each of the names, and of the networks, is refused by targets that detect, hunt and block', async () => {
  const lists = [...wellKnown(), ...publicResolvers()];
  const names = [...new Set(lists.flatMap(({ parents }) => parents))];
  const networks = lines(WELL_KNOWN_NETWORKS).flatMap((line) => (line.split(' | ')[0] as string).split(' '));
  const given = [
    ...names.map((name): Given => ['domain', name]),
    ...networks.map((text): Given => [text.includes('/') ? 'cidr' : 'ip', text]),
  ];
  expect(given.length).toBeGreaterThan(900);
  const hits = hitsOf(await guardsWith(), given);
  for (const effect of ['detect', 'hunt', 'block'] as const) {
    const guarded = guardedBy(hits, effect);
    expect(given.filter((_, at) => guarded.get(at)?.consequence !== 'refuse')).toEqual([]);
  }
});

test.each(lines(WELL_KNOWN_NAMES))('%s', (line) => {
  const [entries = '', reason = ''] = line.split(' | ');
  expect(reason.length).toBeGreaterThan(2);
  for (const entry of entries.split(' ')) {
    const name = entry.replace(/^\./, '');
    expect(KIND_MODULES.domain.parse(name)).toMatchObject({
      ok: true,
      kind: 'domain',
      value: name,
      notes: [],
    });
  }
});

test.each(lines(WELL_KNOWN_NETWORKS))('%s', (line) => {
  const [entries = '', reason = ''] = line.split(' | ');
  expect(reason.length).toBeGreaterThan(2);
  for (const entry of entries.split(' '))
    expect(KIND_MODULES.cidr.parse(entry)).toMatchObject({ ok: true, value: entry, notes: [] });
});

test.each([
  ['well-known', wellKnown()],
  ['public-resolver', publicResolvers()],
])('%s: nothing stands twice', (_, lists) => {
  const names = lists.flatMap(({ parents }) => parents);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(names.length).toBeGreaterThan(30);
});
