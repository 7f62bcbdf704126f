import { describe, expect } from 'vitest';
import { squid } from '../../../../compiler/prove/engines/squid/squid.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const squidTest = await engineTest('squid');

describe('Squid', () => {
  squidTest('takes rules, and files of any name', async () => {
    const rules = ['acl hosts dstdomain -n -- .host.example', 'http_access deny hosts'];
    const files = writeFiles({ 'a.conf': rules, 'b *[x] "y".conf': 'acl ports port 8443\n' });
    const report = await squid.load(files);
    expect(report).toMatchObject({ engine: 'squid', ok: true, problems: [] });
    expect(report.version).toMatch(/^\d+\.\d+/);
  });

  const cases = [
    ['a type that is none', 'acl a nonsense x', 'error', /^FATAL: Invalid ACL type 'nonsense'$/],
    ['a directive that is none', 'nonsense on', 'error', /unrecognized: 'nonsense'$/],
    [
      'a child in front of its parent',
      'acl a dstdomain .www.host.example\nacl a dstdomain .host.example',
      'error',
      /^ERROR: '\.www\.host\.example' is a subdomain of '\.host\.example'$/,
    ],
    [
      'a child behind its parent',
      'acl a dstdomain .host.example\nacl a dstdomain www.host.example',
      'warning',
      /^WARNING: 'www\.host\.example' is a subdomain of '\.host\.example'$/,
    ],
    [
      'a name with and without its dot',
      'acl a dstdomain host.example\nacl a dstdomain .host.example',
      'error',
      /^ERROR: '\.host\.example' is a subdomain of 'host\.example'$/,
    ],
    ['an address that is none', 'acl a dst 192.0.2.256', 'error', /Bad host\/IP: '192\.0\.2\.256'/],
    ['a name for an address', 'acl a dst host.example', 'error', /Bad host\/IP: 'host\.example'/],
    ['host bits', 'acl a dst 192.0.2.1/24', 'warning', /Netmask masks away part/],
    [
      'an address in a network',
      'acl a dst 192.0.2.0/24\nacl a dst 192.0.2.1',
      'warning',
      /'192\.0\.2\.1' is a subnetwork of \(B\) '192\.0\.2\.0\/24'/,
    ],
    ['a port that is none', 'acl a port 65536', 'error', /^ERROR: The value '65536' is larger/],
    ['a broken expression', 'acl a url_regex ^(x', 'error', /^ERROR: invalid regular expression/],
    ['an ACL without values', 'acl a dstdomain', 'warning', /^Warning: empty ACL: acl a dstdomain$/],
    ['an ACL that nothing defines', 'http_access deny a', 'error', /^ACL not found: a$/],
    ['a name that is too long', `acl ${'a'.repeat(64)} port 1`, 'error', /too long, max 63 characters/],
  ] as const;
  for (const [title, text, severity, message] of cases) {
    squidTest(`has a word to say of ${title}`, async () => {
      const [file] = writeFiles({ 'bad.conf': `# a comment\n${text}\n` });
      const report = await squid.load([file as string]);
      expect(report.ok).toBe(false);
      const said = report.problems.find((problem) => message.test(problem.message));
      expect(said, JSON.stringify(report.problems)).toMatchObject({
        file,
        line: text.split('\n').length + 1,
        severity,
      });
    });
  }

  squidTest('names the file among several', async () => {
    const files = writeFiles({ 'good.conf': 'acl a port 1\n', 'bad.conf': '\nacl b dst host.example\n' });
    const [problem] = (await squid.load(files)).problems;
    expect(problem).toMatchObject({ file: files[1], line: 2 });
  });
});
