import { describe, expect, test } from 'vitest';
import { listed, readFeed, told } from './help.ts';

type Case = [about: string, keys: string, text: string, indicators: string[], findings: string[]];

const cases: Case[] = [
  [
    'one value a line, live or defanged, blanks around it',
    'format: list, kind: domain',
    'a[.]example\n\n  \t b.example \t\nC.example.\n',
    ['domain a.example f:1:1', 'domain b.example f:3:5', 'domain c.example f:4:1'],
    [],
  ],
  [
    'comments at the start and behind a blank, not in a value',
    'format: list, kind: url',
    '# a.example\n  # b\n\t#c\nhttp://a.example/x#y # c\nhttp://b.example/\t# d # e\n',
    ['url http://a.example/x f:4:1', 'url http://b.example/ f:5:1'],
    ['warning f RF322 4:1-4:21 the fragment `#y` is never sent and was dropped'],
  ],
  [
    'a tab ends the value: none can hold one',
    'format: list, kind: user_agent',
    'Evil Agent 1.0\t12\tx # y\n\tOther\n',
    ['user_agent Evil Agent 1.0 f:1:1', 'user_agent Other f:2:2'],
    ['hint f RF711 1:15-1:20 1 line of `f` has text behind a tab'],
  ],
  [
    'a blank does not: what follows would be lost',
    'format: list, kind: ip',
    '192.0.2.1 12\n192.0.2.2\n',
    ['ip 192.0.2.2 f:2:1'],
    ['warning f RF308 1:1-1:13 `192.0.2.1 12` is not an IP address'],
  ],
  [
    'a value of another kind is told',
    'format: list, kind: domain',
    '192.0.2.1\nhost.example\n',
    ['domain host.example f:2:1'],
    ['warning f RF302 1:1-1:10 `192.0.2.1` is an IP address, not a domain name'],
  ],
  [
    'hosts: one address or several, names behind it',
    'format: hosts',
    '0.0.0.0 a.example\n127.0.0.1\tb.example  c.example # d.example\n:: e.example\n ::1 f.example\n#0.0.0.0 g.example\n',
    [
      ...['domain a.example f:1:9', 'domain b.example f:2:11', 'domain c.example f:2:22'],
      ...['domain e.example f:3:4', 'domain f.example f:4:6'],
    ],
    [],
  ],
  [
    'hosts: the names of the machine itself are no indicators',
    'format: hosts, kind: domain',
    '127.0.0.1 localhost\n255.255.255.255 broadcasthost\nfe80::1%lo0 localhost\n0.0.0.0 0.0.0.0\n0.0.0.0 a.example\n',
    ['domain a.example f:5:9'],
    [],
  ],
  [
    'hosts: lines that block nothing',
    'format: hosts',
    '192.0.2.1 a.example\nb.example\n0.0.0.0\n0.0.0.0 c.example d..example\n0.0.0.0 single\n0.0.0.0 e.example\n',
    ['domain e.example f:6:9'],
    [
      'warning f RF708 1:1-1:10 the names lead to `192.0.2.1`',
      'warning f RF708 2:1-2:10 `b.example` stands alone',
      'warning f RF708 3:1-3:8 `0.0.0.0` stands alone',
      // The line is taken whole or not at all.
      'warning f RF304 4:20-4:22 `d..example` has an empty label',
      'warning f RF305 5:9-5:15 `single` is a single label',
    ],
  ],
];

describe('lists', () => {
  test.each(cases)('%s', async (_, keys, text, indicators, findings) => {
    const { collection, diagnostics } = await readFeed(keys, text);
    expect(listed(collection?.indicators)).toEqual(indicators);
    expect(told(diagnostics)).toEqual(findings);
  });
});
