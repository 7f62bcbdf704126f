/** Each way of being seen fires a hand-written rule, and a near miss of it does not: on Suricata 7 and 8. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import type { Case, Observation } from '../../../../compiler/prove/behaviour.ts';
import type { Engine } from '../../../../compiler/prove/engine.ts';
import { ENGINES } from '../../../../compiler/prove/engines.ts';
import { type StandInKind, standInValue } from '../../../../compiler/prove/stand-ins.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

type Shown = readonly [kind: Kind, text: string, standIn?: number];

function cases(shown: readonly Shown[]): Case[] {
  return shown.map(([kind, text, standIn], id) => ({
    id,
    kind,
    text,
    ...(standIn !== undefined && { standIn }),
    expect: 'match',
    about: '',
  }));
}

async function behave(engine: Engine, files: Record<string, string | string[]>, shown: readonly Shown[]) {
  if (!engine.behave) throw new Error(`${engine.name} shows nothing`);
  return engine.behave({ files: writeFiles(files).slice(0, 1), cases: cases(shown) });
}

/** Observations as lines, such as `0 DNS query: 1 2`. */
function lines(observations: readonly Observation[]): string[] {
  return observations.map((one) => `${one.case} ${one.carrier}: ${one.rules.join(' ')}`.trimEnd());
}

/** A rule that alerts with this sid. */
function rule(sid: number, head: string, options: string): string {
  return `alert ${head} (msg:"rule ${sid}"; ${options} sid:${sid}; rev:1;)`;
}

/** Any bytes as the content of a rule. */
function content(text: string): string {
  return `content:"|${Buffer.from(text).toString('hex').replace(/../g, '$& ').trimEnd()}|";`;
}

const ANY = 'any any -> any any';
const OUT = '$HOME_NET any -> any any';

for (const name of ['suricata', 'suricata-8'] as const) {
  const engine = ENGINES[name];
  const suricataTest = await engineTest(name);

  describe(`${name} shows`, () => {
    suricataTest('domains in DNS, TLS, HTTP and QUIC', async () => {
      const own = 'dotprefix; content:".evil.example"; nocase; endswith;';
      const rules = [
        rule(1, `dns ${OUT}`, `dns.query; ${own}`),
        rule(2, `tls ${OUT}`, `flow:established,to_server; tls.sni; ${own}`),
        rule(3, `http ${OUT}`, `flow:established,to_server; http.host; ${own.replace(' nocase;', '')}`),
        rule(4, `quic ${OUT}`, `quic.sni; ${own}`),
      ];
      const shown: Shown[] = [
        ['domain', 'evil.example'],
        ['domain', 'A.B.Evil.Example'],
        ['domain', 'notevil.example'],
        ['domain', 'evil.example.net'],
      ];
      const { observations, rules: loaded } = await behave(engine, { 'a.rules': rules }, shown);
      const carriers = ['DNS query', 'TLS SNI', 'HTTP host', 'QUIC SNI'];
      expect(lines(observations)).toEqual([
        ...[0, 1].flatMap((id) => carriers.map((carrier, index) => `${id} ${carrier}: ${index + 1}`)),
        ...[2, 3].flatMap((id) => carriers.map((carrier) => `${id} ${carrier}:`)),
      ]);
      expect(loaded).toEqual(['1', '2', '3', '4']);
    });

    suricataTest('addresses, of which a rule may alert once for each pair of hosts', async () => {
      const threshold = 'threshold:type limit, track by_both, seconds 3600, count 1;';
      const listed = '[192.0.2.1,2001:db8:1::/48]';
      const rules = [
        rule(1, `ip $HOME_NET any -> ${listed} any`, threshold),
        rule(2, 'tcp $HOME_NET any -> 192.0.2.1 8443', 'flow:established,to_server;'),
      ];
      const shown: Shown[] = [
        ['ip', '192.0.2.1'],
        ['ip', '192.0.2.2'],
        ['cidr', '2001:db8:1:ffff::'],
        ['cidr', '2001:db8:2::'],
        ['ip', '192.0.2.1'],
        ['endpoint', '192.0.2.1:8443'],
        ['endpoint', '192.0.2.1:8444'],
      ];
      const { observations } = await behave(engine, { 'a.rules': rules }, shown);
      expect(lines(observations)).toEqual([
        '0 TCP connection: 1',
        '0 UDP flow: 1',
        '1 TCP connection:',
        '1 UDP flow:',
        '2 TCP connection: 1',
        '2 UDP flow: 1',
        '3 TCP connection:',
        '3 UDP flow:',
        '4 TCP connection: 1',
        '4 UDP flow: 1',
        '5 TCP connection: 1 2',
        '6 TCP connection: 1',
      ]);
    });

    suricataTest('a rule that tracks by source and so falls silent', async () => {
      const threshold = 'threshold:type limit, track by_src, seconds 3600, count 1;';
      const rules = [rule(1, 'ip $HOME_NET any -> [192.0.2.1,192.0.2.2] any', threshold)];
      const shown: Shown[] = [
        ['endpoint', '192.0.2.1:80'],
        ['endpoint', '192.0.2.2:80'],
      ];
      const { observations } = await behave(engine, { 'a.rules': rules }, shown);
      expect(lines(observations)).toEqual(['0 TCP connection: 1', '1 TCP connection:']);
    });

    suricataTest('names with a port', async () => {
      const own = 'content:"c2.example"; nocase; bsize:10;';
      const rules = [
        rule(1, 'tls any any -> any 4433', `tls.sni; ${own}`),
        rule(2, 'http any any -> any 4433', `http.host; ${own.replace(' nocase;', '')}`),
        rule(3, 'quic any any -> any 443', `quic.sni; ${own}`),
      ];
      const shown: Shown[] = [
        ['endpoint', 'c2.example:4433'],
        ['endpoint', 'c2.example:443'],
      ];
      const { observations } = await behave(engine, { 'a.rules': rules }, shown);
      expect(lines(observations)).toEqual([
        '0 TLS SNI: 1',
        '0 HTTP host: 2',
        '0 QUIC SNI:',
        '1 TLS SNI:',
        '1 HTTP host:',
        '1 QUIC SNI: 3',
      ]);
    });

    suricataTest('URLs as they are requested', async () => {
      const rules = [
        rule(
          1,
          'http $HOME_NET any -> any 80',
          'flow:established,to_server; http.host; content:"evil.example"; bsize:12; http.uri; content:"/a/gate?id=7"; bsize:12;',
        ),
        rule(2, 'http any any -> 192.0.2.1 8080', 'http.uri.raw; content:"/%61"; bsize:4;'),
        rule(3, `tls ${OUT}`, 'tls.sni; content:"evil.example"; bsize:12;'),
      ];
      const shown: Shown[] = [
        ['url', 'http://evil.example/a/gate?id=7'],
        ['url', 'http://EVIL.example:80/a/g%61te?id=7#part'],
        ['url', 'http://evil.example/a/gate?id=77'],
        ['url', 'http://evil.example:81/a/gate?id=7'],
        ['url', 'http://192.0.2.1:8080/%61'],
        ['url', 'https://evil.example/a/gate?id=7'],
      ];
      const { observations } = await behave(engine, { 'a.rules': rules }, shown);
      expect(lines(observations)).toEqual([
        '0 HTTP request: 1',
        '1 HTTP request: 1',
        '2 HTTP request:',
        '3 HTTP request:',
        '4 HTTP request: 2',
        '5 TLS SNI: 3',
      ]);
    });

    suricataTest('e-mail addresses in envelope and header', async () => {
      const rules = [
        rule(1, `smtp ${ANY}`, 'flow:to_server; pcre:"/^MAIL FROM:<bad@mail\\.example>/mi";'),
        rule(2, `smtp ${ANY}`, 'flow:to_server; pcre:"/^RCPT TO:<bad@mail\\.example>/mi";'),
        rule(3, `smtp ${ANY}`, 'flow:to_server; pcre:"/^From:[^\\r\\n]*<bad@mail\\.example>/mi";'),
        rule(4, `smtp ${ANY}`, 'requires:version >= 8; smtp.mail_from; content:"bad@mail.example";'),
      ];
      const shown: Shown[] = [
        ['email', 'bad@mail.example'],
        ['email', 'xbad@mail.example'],
      ];
      const { observations, rules: loaded, version } = await behave(engine, { 'a.rules': rules }, shown);
      const eight = version.startsWith('8.');
      expect(lines(observations)).toEqual([
        `0 MAIL FROM: 1${eight ? ' 4' : ''}`,
        '0 RCPT TO: 2',
        '0 From header: 3',
        `1 MAIL FROM:${eight ? ' 4' : ''}`,
        '1 RCPT TO:',
        '1 From header:',
      ]);
      // A rule for another version is not loaded, so nobody can expect it to fire.
      expect(loaded).toEqual(eight ? ['1', '2', '3', '4'] : ['1', '2', '3']);
    });

    suricataTest('user agents and file names', async () => {
      const rules = [
        rule(1, `http ${OUT}`, `http.user_agent; ${content('Evil Agent/1.0')} bsize:14;`),
        rule(
          2,
          `http ${ANY}`,
          'file.name; content:"invoice 1.exe"; nocase; endswith; pcre:"/(?:^|\\/)[^\\/]{13}$/";',
        ),
        rule(3, `smtp ${ANY}`, 'file.name; content:"invoice 1.exe"; nocase; bsize:13;'),
      ];
      const shown: Shown[] = [
        ['user_agent', 'Evil Agent/1.0'],
        ['user_agent', 'Evil Agent/1.01'],
        ['file_name', 'INVOICE 1.exe'],
        ['file_name', 'myinvoice 1.exe'],
      ];
      const { observations } = await behave(engine, { 'a.rules': rules }, shown);
      expect(lines(observations)).toEqual([
        '0 User-Agent: 1',
        '1 User-Agent:',
        '2 HTTP download: 2',
        '2 Content-Disposition: 2',
        '2 mail attachment: 3',
        '3 HTTP download:',
        '3 Content-Disposition:',
        '3 mail attachment:',
      ]);
    });

    suricataTest('stand-ins, whose values are those that Suricata computes', async () => {
      const value = (kind: StandInKind, like: string) => standInValue(kind, like, 70_000);
      const digits = (count: number) => 'a'.repeat(count);
      const colons = value('certificate', digits(40)).match(/../g)?.join(':');
      const rules = [
        ...['md5', 'sha1', 'sha256'].map((hash, index) =>
          rule(1 + index, `tcp ${ANY}`, `file${hash}:list.${hash};`),
        ),
        rule(4, `tls ${OUT}`, `ja3.hash; content:"${value('ja3', '')}";`),
        rule(5, `tls ${ANY}`, `flow:to_client; ja3s.hash; content:"${value('ja3s', '')}";`),
        rule(6, `tls ${OUT}`, `ja4.hash; content:"${value('ja4', 't')}";`),
        rule(7, `quic ${OUT}`, `ja4.hash; content:"${value('ja4', 'q')}";`),
        rule(8, `tls ${ANY}`, `tls.cert_fingerprint; content:"${colons}";`),
      ];
      const files = {
        'a.rules': rules,
        'list.md5': [value('hash', digits(32))],
        'list.sha1': [value('hash', digits(40))],
        'list.sha256': [value('hash', digits(64))],
      };
      const kinds = (n: number): Shown[] => [
        ['hash', '', n],
        ['ja3', '', n],
        ['ja3s', '', n],
        ['ja4', 't', n],
        ['ja4', 'q', n],
        ['certificate', '', n],
      ];
      const { observations } = await behave(engine, files, [...kinds(70_000), ...kinds(70_001)]);
      expect(lines(observations.filter(({ rules: fired }) => fired.length > 0))).toEqual([
        '0 HTTP download: 1 2 3',
        '0 mail attachment: 1 2 3',
        '1 TLS hello: 4 6',
        '2 TLS hello: 5',
        '3 TLS hello: 4 6',
        '4 QUIC hello: 7',
        '5 TLS certificate: 8',
      ]);
      expect(observations).toHaveLength(14);
    });

    suricataTest('hostile texts, and what comes after them', async () => {
      const hostile = [
        '"\'`;|\\',
        'a b\tc',
        'ü日本',
        'x'.repeat(300),
        '$(id)',
        '%00%s',
        '..',
        '\u007f\u0080',
      ];
      const kinds: Kind[] = ['domain', 'url', 'email', 'user_agent', 'file_name', 'endpoint', 'ip', 'cidr'];
      const shown: Shown[] = [
        ...kinds.flatMap((kind) =>
          hostile.map((text): Shown => [kind, kind === 'url' ? `http://h.example/${text}` : text]),
        ),
        ['domain', 'evil.example'],
        ['user_agent', 'ü "x"; y|z'],
      ];
      const rules = [
        rule(1, `dns ${OUT}`, 'dns.query; content:"evil.example"; bsize:12;'),
        rule(2, `http ${OUT}`, `http.user_agent; ${content('ü "x"; y|z')} bsize:11;`),
      ];
      const { observations } = await behave(engine, { 'a.rules': rules }, shown);
      expect(lines(observations.filter(({ rules: fired }) => fired.length > 0))).toEqual([
        `${shown.length - 2} DNS query: 1`,
        `${shown.length - 1} User-Agent: 2`,
      ]);
    });
  });

  describe(`${name}, shown cases,`, () => {
    suricataTest('says which rule does not load', async () => {
      const files = {
        'bad.rules': [rule(1, `dns ${ANY}`, 'dns.query; content:"a";'), rule(2, `dns ${ANY}`, 'dns.quarry;')],
      };
      await expect(behave(engine, files, [['domain', 'a.example']])).rejects.toThrow(
        new RegExp(`^${name} does not load .*bad\\.rules:2: unknown rule keyword 'dns\\.quarry'`),
      );
    });

    suricataTest('has no observations without cases, and no ids without rules', async () => {
      expect(await behave(engine, { 'a.rules': ['# none'] }, [])).toMatchObject({
        engine: name,
        observations: [],
        rules: [],
      });
    });

    suricataTest('keeps what it was shown, so that people can run it again', async () => {
      const keep = mkdtempSync(join(tmpdir(), 'refang-test-'));
      onTestFinished(() => rmSync(keep, { recursive: true, force: true }));
      const [file] = writeFiles({ 'a.rules': [rule(7, `dns ${ANY}`, 'dns.query; content:"evil.example";')] });
      const request = { files: [file as string], cases: cases([['domain', 'evil.example']]), keep };
      const first = await engine.behave?.(request);
      expect(await engine.behave?.(request)).toEqual(first);
      const alerts = join(keep, 'eve.json');
      rmSync(alerts);
      const [program, ...args] = (first?.command ?? '').split(' ');
      execFileSync(program as string, args, { stdio: 'pipe' });
      const events = readFileSync(alerts, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(events.filter(({ alert }) => alert).map(({ alert }) => alert.signature_id)).toEqual([7]);
      expect(existsSync(join(keep, 'cases.pcap'))).toBe(true);
    });
  });
}
