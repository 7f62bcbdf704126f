import { describe, expect } from 'vitest';
import { ENGINES } from '../../../../compiler/prove/engines.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const dns = (sid: number, options: string) =>
  `alert dns $HOME_NET any -> any any (msg:"EXAMPLE ${sid}"; dns.query; content:"evil.example"; nocase; ${options}sid:${sid}; rev:1;)`;

for (const name of ['suricata', 'suricata-8'] as const) {
  const suricata = ENGINES[name];
  const suricataTest = await engineTest(name);

  describe(name, () => {
    suricataTest('takes rules of every protocol we write', async () => {
      const [rules] = writeFiles({
        'refang.rules': [
          '# a comment',
          dns(1000001, 'classtype:domain-c2; reference:url,report.example/one; '),
          'alert tls $HOME_NET any -> any any (msg:"tls"; flow:established,to_server; tls.sni; dotprefix; content:".evil.example"; nocase; endswith; fast_pattern; sid:1000002; rev:1;)',
          'alert http $HOME_NET any -> any any (msg:"http"; flow:established,to_server; http.host; content:"evil.example"; bsize:12; sid:1000003; rev:1;)',
          'alert quic $HOME_NET any -> any any (msg:"quic"; quic.sni; content:"evil.example"; nocase; sid:1000004; rev:1;)',
          'alert smtp any any -> any any (msg:"smtp"; file.name; content:"a.exe"; endswith; sid:1000005; rev:1;)',
          'alert tls any any -> any any (msg:"ja4"; requires:feature ja4; ja4.hash; content:"t13d0506h2_c96ac5133cd7_fb71836bce29"; sid:1000006; rev:1;)',
          'alert dns any any -> any any (msg:"later"; requires:version >= 99; dns.nonesuch; sid:1000007; rev:1;)',
          'alert ip $HOME_NET any -> [192.0.2.1,2001:db8::/32] any (msg:"ip"; threshold:type limit, track by_both, seconds 3600, count 1; sid:1000008; rev:1;)',
        ],
      });
      const report = await suricata.load([rules as string]);
      expect(report.problems).toEqual([]);
      expect(report.ok).toBe(true);
      expect(report.engine).toBe(name);
      expect(report.version).toMatch(name === 'suricata' ? /^[78]\./ : /^8\./);
      expect(report.command).toMatch(/suricata -T -c \S+suricata\.yaml/);
    });

    suricataTest('tells of rules that are too long for a line of its log', async () => {
      const long = `metadata:${'x'.repeat(4000)}; `;
      const [rules] = writeFiles({
        'long.rules': [
          dns(1, `requires:version >= 99; ${long}`),
          dns(2, `${long}nonesuch; `),
          dns(3, 'nonesuch; '),
        ],
      });
      const { problems } = await suricata.load([rules as string]);
      expect(new Set(problems.map(({ line }) => line))).toEqual(new Set([2, 3]));
    });

    suricataTest('says which line of which file is refused, and why', async () => {
      const [good, bad] = writeFiles({
        'good.rules': [dns(1, '')],
        'bad.rules': [
          dns(2, ''),
          dns(3, 'dns.quarry; '),
          'alert dns any any -> any any (msg:"no sid"; dns.query; content:"a.example"; rev:1;)',
          dns(2, ''),
        ],
      });
      const report = await suricata.load([good as string, bad as string]);
      expect(report.ok).toBe(false);
      expect(report.problems).toEqual([
        { file: bad, line: 2, message: "unknown rule keyword 'dns.quarry'.", severity: 'error' },
        { file: bad, line: 3, message: 'Signature missing required value "sid".', severity: 'error' },
        { file: bad, line: 4, message: expect.stringContaining('Duplicate signature'), severity: 'error' },
      ]);
    });

    suricataTest('counts warnings, with the line they are about', async () => {
      const [rules] = writeFiles({
        'warn.rules': [
          dns(1, 'classtype:not-a-class; '),
          dns(2, ''),
          dns(3, 'reference:nosystem,report.example; '),
        ],
      });
      const report = await suricata.load([rules as string]);
      expect(report.ok).toBe(false);
      expect(report.problems).toEqual([
        {
          file: rules,
          line: 1,
          message: expect.stringContaining('unknown classtype: "not-a-class"'),
          severity: 'warning',
        },
        { file: rules, line: 3, message: 'unknown reference key "nosystem"', severity: 'warning' },
      ]);
    });

    suricataTest('refuses an upper-case HTTP host and keeps the warning that explains it', async () => {
      const [rules] = writeFiles({
        'host.rules': [
          'alert http any any -> any any (msg:"host"; http.host; content:"EVIL.example"; sid:5; rev:1;)',
        ],
      });
      const report = await suricata.load([rules as string]);
      expect(report.problems).toEqual([
        { file: rules, line: 1, message: expect.stringContaining('uppercase'), severity: 'warning' },
        { file: rules, line: 1, message: 'the rule is refused', severity: 'error' },
      ]);
    });

    suricataTest('has nothing to say of a list that is empty', async () => {
      const files = writeFiles({ 'empty.rules': ['# no indicators'] });
      expect((await suricata.load(files)).problems).toEqual([]);
    });

    suricataTest('finds data sets beside the rules, and their faults', async () => {
      const set = (name: string) =>
        `alert dns any any -> any any (msg:"set"; dns.query; to_lowercase; dataset:isset,${name},type string,load ${name}.b64; sid:7; rev:1;)`;
      const [good] = writeFiles({ 'set.rules': [set('ok')], 'ok.b64': ['ZXZpbC5leGFtcGxl'] });
      expect((await suricata.load([good as string])).problems).toEqual([]);
      const [bad] = writeFiles({ 'set.rules': [set('bad')], 'bad.b64': ['not base64!'] });
      const { problems } = await suricata.load([bad as string]);
      expect(problems).toEqual([
        { file: bad, message: expect.stringMatching(/^bad base64 encoding .*bad\.b64$/), severity: 'error' },
      ]);
    });
  });
}
