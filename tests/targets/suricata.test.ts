/** The Suricata target: the exact text of its rules, what it cannot say, and that the engine takes hostile values. */

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import type { FateCounts } from '../../compiler/plan/fate.ts';
import { suricata } from '../../compiler/prove/engines/suricata/suricata.ts';
import { engineTest } from '../engines/require.ts';

const suricataTest = await engineTest('suricata');

const HEAD = `refang: 1
reports:
  report-one: {title: One, author: Example CERT, published: 2025-01-15, url: "https://www.example.com/one"}
actors:
  group-one: {name: Group One, kind: group}
defaults:
  report: report-one
  status: active
  confidence: 90
  severity: high
  tlp: clear
  allow: {guard: special-use, reason: documentation values, owner: Example CERT}
indicators:
`;

/** What every rule of `HEAD` ends with, behind its classtype. */
const TAIL =
  'metadata:attack_target Client_Endpoint, confidence High, created_at 2025_01_15, deployment Perimeter, report report-one, signature_severity Major;';

interface Built {
  folder: string;
  /** By name. */
  files: Map<string, string>;
  /** The rules, their sids written `sid:N`. */
  rules: string[];
  fates: FateCounts;
  /** `value: fate, reason` of all that is not emitted. */
  losses: string[];
  /** Of all rules that have a sid. */
  keys: string[];
}

/** Builds records, given as the lines below `indicators:` or with a head of their own. */
async function compile(records: string, head = HEAD): Promise<Built> {
  const cwd = mkdtempSync(join(tmpdir(), 'refang-suricata-'));
  writeFileSync(join(cwd, 'i.yaml'), head + records);
  const { session, fates } = await build({
    cwd,
    files: ['i.yaml'],
    out: 'out',
    targets: ['suricata'],
    asOf: '2026-01-01',
  });
  expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const folder = join(cwd, 'out', 'suricata');
  const files = new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  const rules = (files.get('refang.rules') as string)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/sid:\d+;/, 'sid:N;'));
  const keys = [...(session.compiled?.targets[0]?.lockLines().keys() ?? [])];
  const verdicts = session.compiled?.targets[0]?.plan.verdicts ?? [];
  const losses = [...verdicts].flatMap(({ fate, reason }, index) =>
    fate === 'emitted' ? [] : [`${session.collection?.indicators.value(index)}: ${fate}, ${reason}`],
  );
  return { folder, files, rules, fates: fates.get('suricata') as FateCounts, losses, keys };
}

/** The middle of a rule: header, message and what is matched, up to the references. */
function matching(rule: string): string {
  return rule.replace(/ (?:reference|threshold|classtype):.*$/, '');
}

describe('the text of rules', () => {
  test('has all options in order', async () => {
    const { rules } = await compile(
      '  - {domain: evil.example, actor: group-one, attack: T1566, tags: [a tag]}',
    );
    expect(rules[0]).toBe(
      'alert dns $HOME_NET any -> any any (msg:"REFANG Domain in DNS Lookup (evil .example)"; dns.query; dotprefix; content:".evil.example"; nocase; endswith; fast_pattern; reference:url,www.example.com/one; classtype:domain-c2; sid:N; rev:1; metadata:actor group-one, attack_target Client_Endpoint, confidence High, created_at 2025_01_15, deployment Perimeter, mitre_technique_id T1566, report report-one, signature_severity Major, tag a_tag; target:src_ip;)',
    );
  });

  const SHAPES: [string, string, string[]][] = [
    [
      'a domain and the names below it',
      'domain: evil.example',
      [
        'alert dns $HOME_NET any -> any any (msg:"REFANG Domain in DNS Lookup (evil .example)"; dns.query; dotprefix; content:".evil.example"; nocase; endswith; fast_pattern;',
        'alert tls $HOME_NET any -> any any (msg:"REFANG Observed Domain (evil .example) in TLS SNI"; flow:established,to_server; tls.sni; dotprefix; content:".evil.example"; nocase; endswith; fast_pattern;',
        'alert http $HOME_NET any -> any any (msg:"REFANG Observed Domain (evil .example) in HTTP Host"; flow:established,to_server; http.host; to_lowercase; dotprefix; content:".evil.example"; endswith; fast_pattern;',
        'alert quic $HOME_NET any -> any any (msg:"REFANG Observed Domain (evil .example) in QUIC SNI"; quic.sni; dotprefix; content:".evil.example"; nocase; endswith; fast_pattern;',
      ],
    ],
    [
      'a domain alone',
      '{domain: evil.example, match: exact}',
      [
        'alert dns $HOME_NET any -> any any (msg:"REFANG Domain in DNS Lookup (evil .example)"; dns.query; content:"evil.example"; nocase; bsize:12; fast_pattern;',
        'alert tls $HOME_NET any -> any any (msg:"REFANG Observed Domain (evil .example) in TLS SNI"; flow:established,to_server; tls.sni; content:"evil.example"; nocase; bsize:12; fast_pattern;',
        'alert http $HOME_NET any -> any any (msg:"REFANG Observed Domain (evil .example) in HTTP Host"; flow:established,to_server; http.host; to_lowercase; content:"evil.example"; bsize:12; fast_pattern;',
        'alert quic $HOME_NET any -> any any (msg:"REFANG Observed Domain (evil .example) in QUIC SNI"; quic.sni; content:"evil.example"; nocase; bsize:12; fast_pattern;',
      ],
    ],
    [
      'addresses, networks and ranges together, ranges as networks',
      '{ip: [192.0.2.10, "2001:db8::1"], cidr: [198.51.100.0/25, 203.0.113.16-203.0.113.22]}',
      [
        'alert ip $HOME_NET any -> [192.0.2.10,2001:db8::1,198.51.100.0/25,203.0.113.16/30,203.0.113.20/31,203.0.113.22/32] any (msg:"REFANG Traffic to Listed Address (report-one, 4 listed)";',
      ],
    ],
    [
      'an address with a port',
      'endpoint: ["203.0.113.77:8443", "[2001:db8::77]:53"]',
      [
        'alert ip $HOME_NET any -> [203.0.113.77] 8443 (msg:"REFANG Traffic to Listed Endpoint (203 .0 .113 .77:8443)"; flow:to_server;',
        'alert ip $HOME_NET any -> [2001:db8::77] 53 (msg:"REFANG Traffic to Listed Endpoint ([2001:db8::77]:53)"; flow:to_server;',
      ],
    ],
    [
      'a name with a port: the name alone, and no QUIC where Suricata does not look for it',
      'endpoint: "c2.example:8443"',
      [
        'alert tls $HOME_NET any -> any 8443 (msg:"REFANG Observed Endpoint (c2 .example:8443) in TLS SNI"; flow:established,to_server; tls.sni; content:"c2.example"; nocase; bsize:10; fast_pattern;',
        'alert http $HOME_NET any -> any 8443 (msg:"REFANG Observed Endpoint (c2 .example:8443) in HTTP Host"; flow:established,to_server; http.host; to_lowercase; content:"c2.example"; bsize:10; fast_pattern;',
      ],
    ],
    [
      'a URL: port 80 where it names none, decoded where nothing is escaped',
      'url: "http://h.example/a?b=1"',
      [
        'alert http $HOME_NET any -> any 80 (msg:"REFANG Observed URL (http://h .example/a?b=1)"; flow:established,to_server; http.host; to_lowercase; content:"h.example"; bsize:9; fast_pattern; http.uri; content:"/a?b=1"; bsize:6;',
      ],
    ],
    [
      'URLs that servers would rewrite: as they stand in the request',
      'url: ["http://h.example:8080/a%20b", "http://h.example//x/../y", "http://[2001:db8::1]/"]',
      [
        'alert http $HOME_NET any -> any 80 (msg:"REFANG Observed URL (http://[2001:db8::1]/)"; flow:established,to_server; http.host; to_lowercase; content:"[2001|3a|db8|3a 3a|1]"; bsize:13; fast_pattern; http.uri; content:"/"; bsize:1;',
        'alert http $HOME_NET any -> any 80 (msg:"REFANG Observed URL (http://h .example//x/ . ./y)"; flow:established,to_server; http.host; to_lowercase; content:"h.example"; bsize:9; fast_pattern; http.uri.raw; content:"//x/../y"; bsize:8;',
        'alert http $HOME_NET any -> any 8080 (msg:"REFANG Observed URL (http://h .example:8080/a%20b)"; flow:established,to_server; http.host; to_lowercase; content:"h.example"; bsize:9; fast_pattern; http.uri.raw; content:"/a%20b"; bsize:6;',
      ],
    ],
    [
      'an e-mail address: raw for Suricata 7, by its keywords for 8',
      'email: b.d@mail.example',
      [
        String.raw`alert smtp any any -> any any (msg:"REFANG Mail Sender (b .d@mail .example)"; requires:version < 8; flow:established,to_server; content:"b.d@mail.example"; nocase; fast_pattern; pcre:"/^(?:MAIL FROM|From|Sender|Reply-To|Return-Path)\x3a[^\r\n]*(?<![\w.!#$%&'*+\/=?^\x60{|}~-])b\.d@mail\.example(?!\.?[\w-])/mi";`,
        String.raw`alert smtp any any -> any any (msg:"REFANG Mail Recipient (b .d@mail .example)"; requires:version < 8; flow:established,to_server; content:"<b.d@mail.example>"; nocase; fast_pattern; pcre:"/^RCPT TO\x3a[ \t]*<b\.d@mail\.example>/mi";`,
        'alert smtp any any -> any any (msg:"REFANG Mail Sender (b .d@mail .example) in Envelope"; requires:version >= 8; flow:established,to_server; smtp.mail_from; content:"<b.d@mail.example>"; nocase; fast_pattern;',
        String.raw`alert smtp any any -> any any (msg:"REFANG Mail Sender (b .d@mail .example) in Header"; requires:version >= 8; flow:established,to_server; email.from; content:"b.d@mail.example"; nocase; fast_pattern; pcre:"/(?<![\w.!#$%&'*+\/=?^\x60{|}~-])b\.d@mail\.example(?!\.?[\w-])/i";`,
        'alert smtp any any -> any any (msg:"REFANG Mail Recipient (b .d@mail .example) in Envelope"; requires:version >= 8; flow:established,to_server; smtp.rcpt_to; content:"<b.d@mail.example>"; nocase; fast_pattern;',
      ],
    ],
    [
      'a file name: whole, without letter case',
      'file_name: in.voice.exe',
      [
        String.raw`alert tcp any any -> any any (msg:"REFANG Listed File Name (in.voice.exe)"; file.name; content:"in.voice.exe"; nocase; endswith; fast_pattern; pcre:"/(?:^|[\/\\])in\.voice\.exe$/i";`,
      ],
    ],
    [
      'fingerprints of TLS',
      '{ja3: 00112233445566778899aabbccddeeff, ja3s: ffeeddccbbaa99887766554433221100, ja4: [t13d1516h2_8daaf6152771_02713d6af862, q13d0312h3_55b375c5d22e_06cda9e17597], certificate: 00112233445566778899aabbccddeeff00112233}',
      [
        'alert tls $HOME_NET any -> any any (msg:"REFANG JA3 of TLS Client (00112233445566778899aabbccddeeff)"; flow:established,to_server; ja3.hash; content:"00112233445566778899aabbccddeeff"; fast_pattern;',
        'alert tls any any -> $HOME_NET any (msg:"REFANG JA3S of TLS Server (ffeeddccbbaa99887766554433221100)"; flow:established,to_client; ja3s.hash; content:"ffeeddccbbaa99887766554433221100"; fast_pattern;',
        'alert tls $HOME_NET any -> any any (msg:"REFANG JA4 of TLS Client (t13d1516h2_8daaf6152771_02713d6af862)"; requires:feature ja4; flow:established,to_server; ja4.hash; content:"t13d1516h2_8daaf6152771_02713d6af862"; fast_pattern;',
        'alert quic $HOME_NET any -> any any (msg:"REFANG JA4 of QUIC Client (q13d0312h3_55b375c5d22e_06cda9e17597)"; requires:feature ja4; ja4.hash; content:"q13d0312h3_55b375c5d22e_06cda9e17597"; fast_pattern;',
        'alert tls any any -> $HOME_NET any (msg:"REFANG Certificate of TLS Server (00112233445566778899aabbccddeeff00112233)"; flow:established,to_client; tls.cert_fingerprint; content:"00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33"; fast_pattern;',
      ],
    ],
    [
      'a user agent: the whole header',
      'user_agent: Evil/1.0',
      [
        'alert http $HOME_NET any -> any any (msg:"REFANG User Agent (Evil/1.0)"; flow:established,to_server; http.user_agent; content:"Evil/1.0"; bsize:8; fast_pattern;',
      ],
    ],
  ];
  test.each(SHAPES)('%s', async (_, record, expected) => {
    const { rules } = await compile(`  - ${record}`);
    expect(rules.map(matching)).toEqual(expected);
    for (const rule of rules) expect(rule).toContain(TAIL);
  });

  test('of addresses alerts once an hour for a pair of hosts', async () => {
    const { rules } = await compile('  - {ip: 192.0.2.1, endpoint: "192.0.2.2:53"}');
    expect(rules).toHaveLength(2);
    for (const rule of rules)
      expect(rule).toContain(' threshold:type limit, track by_both, seconds 3600, count 1; classtype:');
  });
});

describe('what rules say of an indicator', () => {
  test('a historical one is marked, and its alert has the lowest priority', async () => {
    const { rules } = await compile('  - {domain: evil.example, status: historical, confidence: 60}');
    expect(rules[0]).toContain('(msg:"REFANG Domain in DNS Lookup (evil .example) [historical]";');
    expect(rules[0]).toContain(' classtype:domain-c2; priority:3; sid:N;');
    expect(rules[0]).toContain('confidence Medium,');
    expect(rules[0]).toContain('signature_severity Minor, status historical;');
  });

  const SEVERITIES: [string, string, string][] = [
    ['informational', 'Informational', ' priority:3; '],
    ['low', 'Minor', ' priority:3; '],
    ['medium', 'Major', ' priority:2; '],
    ['high', 'Major', ' '],
    ['critical', 'Critical', ' '],
  ];
  test.each(SEVERITIES)('severity %s is %s', async (severity, expected, priority) => {
    const { rules } = await compile(`  - {domain: evil.example, severity: ${severity}}`);
    expect(rules[0]).toContain(`signature_severity ${expected};`);
    expect(rules[0]).toContain(`classtype:domain-c2;${priority}sid:N;`);
  });

  test.each([
    [100, 'High'],
    [70, 'High'],
    [69, 'Medium'],
    [30, 'Medium'],
    [29, 'Low'],
  ])('confidence %i is %s', async (confidence, expected) => {
    const { rules } = await compile(`  - {domain: evil.example, confidence: ${confidence}}`);
    expect(rules[0]).toContain(`, confidence ${expected}, `);
  });

  test('has no date and no reference where there is no report', async () => {
    const head = HEAD.replace('  report: report-one\n', '');
    const { rules } = await compile('  - {ip: 192.0.2.1}', head);
    expect(rules[0]).toMatch(/\(msg:"REFANG Traffic to Listed Address \(1 listed\)"; threshold:/);
    expect(rules[0]).toMatch(
      /confidence High, deployment Perimeter, signature_severity Major; target:src_ip;\)$/,
    );
  });

  test('names at most three references, and none that is long', async () => {
    const links = ['a', 'b', 'c'].map((name) => `https://${name}.example/`);
    const { rules } = await compile(
      `  - {domain: evil.example, references: ["https://l.example/${'x'.repeat(300)}", ${links.map((link) => `"${link}"`)}]}`,
    );
    expect(rules[0]?.match(/reference:url,[^;]*;/g)).toEqual(
      expect.arrayContaining(['reference:url,www.example.com/one;', 'reference:url,a.example/;']),
    );
    expect(rules[0]?.match(/reference:/g)?.length).toBeLessThanOrEqual(3);
  });

  test('names no reference whose host Suricata would leave out', async () => {
    const { rules } = await compile(
      '  - {domain: evil.example, references: ["https://пример.example/", "http://[2001:db8::1]/"]}',
    );
    expect(rules[0]?.match(/reference:url,[^;]*;/g)).toEqual(['reference:url,www.example.com/one;']);
  });
});

describe('file hashes', () => {
  const [md5, sha1, sha256] = ['a'.repeat(32), 'b'.repeat(40), 'c'.repeat(64)];

  test('are a rule and a list for each algorithm and context', async () => {
    const { rules, files, fates, keys } = await compile(
      `  - hash: [${md5}, ${sha1}, ${sha256}, ${'d'.repeat(64)}]\n  - {hash: ${'e'.repeat(64)}, severity: low}`,
    );
    const lists = [...files].filter(([name]) => name !== 'refang.rules');
    expect(lists.map(([name, text]) => [name.replace(/[0-9a-f]{12}/, 'ID'), text]).sort()).toEqual([
      ['refang-ID.md5', `${md5}\n`],
      ['refang-ID.sha1', `${sha1}\n`],
      ['refang-ID.sha256', `${sha256}\n${'d'.repeat(64)}\n`],
      ['refang-ID.sha256', `${'e'.repeat(64)}\n`],
    ]);
    expect(rules).toHaveLength(4);
    // A list is no rule: it has no sid.
    expect(keys).toHaveLength(4);
    for (const [name, text] of lists) {
      const rule = rules.find((line) => line.includes(`:${name};`));
      expect(rule).toContain(`, ${text.split('\n').length - 1} listed)`);
      expect(rule).toContain(`signature_severity ${text.startsWith('e') ? 'Minor' : 'Major'};`);
    }
    expect(fates).toEqual({ emitted: 5, covered: 0, approximated: 0, withheld: 0, unsupported: 0 });
  });

  test('of one file: the strongest that Suricata computes', async () => {
    const { files, fates, losses } = await compile(
      `  - file: {md5: ${md5}, sha256: ${sha256}, sha512: ${'f'.repeat(128)}}`,
    );
    expect([...files.keys()].map((name) => name.split('.')[1])).toEqual(['sha256', 'rules']);
    expect(fates).toEqual({ emitted: 1, covered: 1, approximated: 0, withheld: 0, unsupported: 1 });
    expect(losses).toContain(
      `${'f'.repeat(128)}: unsupported, Suricata computes the MD5, SHA-1 and SHA-256 of files, and no other hash`,
    );
  });
});

describe('what cannot be said', () => {
  const LOSSES: [string, string][] = [
    [
      'url: https://h.example/a',
      'https://h.example/a: unsupported, only the path of an http URL travels in clear text; its host alone would match the whole site',
    ],
    [
      `certificate: ${'a'.repeat(64)}`,
      `${'a'.repeat(64)}: unsupported, Suricata knows certificates by their SHA-1 only`,
    ],
    [
      'ja4: d13d1516h2_8daaf6152771_02713d6af862',
      'd13d1516h2_8daaf6152771_02713d6af862: unsupported, Suricata computes the JA4 of TLS over TCP and of QUIC, not of DTLS',
    ],
    ['mutex: Global\\x', 'Global\\x: unsupported, a mutex is not visible in network traffic'],
    [`user_agent: ${'é'.repeat(342)}`, `${'é'.repeat(342)}: withheld, limit`],
  ];
  test.each(LOSSES)('%s', async (record, loss) => {
    const { losses, rules } = await compile(`  - ${record}`);
    expect(losses).toEqual([loss]);
    expect(rules).toEqual([]);
  });
});

describe('packing', () => {
  const address = (n: number) => `192.${n % 200}.${Math.floor(n / 200)}.${(n * 7) % 251}`;
  const listed = (count: number) =>
    `  - {allow: {guard: special-use, reason: r, owner: o}, ip: [${Array.from({ length: count }, (_, n) => address(n)).join(', ')}]}`;

  test('keeps lines below the limit, and one more address changes one rule', async () => {
    const before = await compile(listed(3000));
    const after = await compile(listed(3001));
    expect(before.rules.length).toBeGreaterThan(5);
    for (const rule of after.rules) expect(rule.length).toBeLessThan(8192);
    const addresses = before.rules.flatMap((rule) => (/\[([^\]]*)\]/.exec(rule)?.[1] ?? '').split(','));
    expect(new Set(addresses).size).toBe(before.fates.emitted);
    expect(before.fates.emitted + before.fates.withheld).toBe(3000);
    const kept = new Set(before.rules);
    expect(after.rules.filter((rule) => !kept.has(rule))).toHaveLength(1);
    expect(after.rules).toHaveLength(before.rules.length);
  });

  test('counts a range as its networks', async () => {
    const ranges = Array.from({ length: 40 }, (_, n) => `2001:db8:${n}::1-2001:db8:${n}:7fff::fffe`);
    const { rules, fates } = await compile(`  - {cidr: [${ranges.map((range) => `"${range}"`).join(', ')}]}`);
    expect(fates.emitted).toBe(40);
    expect(rules.length).toBeGreaterThan(5);
    for (const rule of rules) expect(rule.length).toBeLessThan(8192);
  });
});

describe('the engine', () => {
  const NASTY = String.raw`a";|\:'x' $HOME_NET (b) %00 \n {{value}} !é𝒜 ;)`;

  suricataTest('takes hostile values as they are', async () => {
    const text = JSON.stringify(NASTY);
    const { folder, rules } = await compile(
      [
        `  - {user_agent: ${text}, file_name: ${JSON.stringify(NASTY.replaceAll('\\', ''))}, tags: [${text}, ",", "文"], references: ["https://r.example/a;b\\"c|d"]}`,
        String.raw`  - url: 'http://h.example/a;b"c|d\e''f:(g)%zz%22?x=;{{y}}é'`,
        `  - email: "a!#$%&'*+/=?^_\`{|}~-b@mail.example"`,
        '  - domain: xn--bcher-kva.example',
        '  - domain: under_score.example',
        `  - user_agent: '${'"'.repeat(600)}'`,
        `  - file_name: ${'é;'.repeat(160)}`,
        `  - url: http://h.example/${';'.repeat(1100)}`,
      ].join('\n'),
    );
    for (const rule of rules) expect(Buffer.byteLength(rule)).toBeLessThan(8192);
    expect(rules.find((rule) => rule.includes('http.user_agent; content:"a'))).toContain(
      'content:"a|22 3b 7c 5c 3a|\'x\' $HOME_NET (b) %00 |5c|n {{value}} !|c3 a9 f0 9d 92 9c| |3b|)"; bsize:',
    );
    const report = await suricata.load([join(folder, 'refang.rules')]);
    expect(report.problems).toEqual([]);
  });

  suricataTest('takes every shape without a warning', async () => {
    const { folder } = await compile(
      [
        '  - {ja4: q13d0312h3_55b375c5d22e_06cda9e17597, url: "http://[2001:db8::1]:8080/a%20b"}',
        '  - {endpoint: ["[2001:db8::77]:53", "c2.example:443", "192.0.2.1:80"]}',
        '  - {cidr: ["2001:db8::1-2001:db8::ff:1", 203.0.113.16-203.0.113.22]}',
        `  - hash: [${'a'.repeat(32)}, ${'b'.repeat(40)}, ${'c'.repeat(64)}]`,
        '  - {domain: evil.example, severity: low, status: historical, match: exact}',
      ].join('\n'),
    );
    const report = await suricata.load([join(folder, 'refang.rules')]);
    expect(report.problems).toEqual([]);
  });
});
