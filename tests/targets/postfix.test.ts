import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { postfix } from '../../compiler/prove/engines/postfix/postfix.ts';
import { findProgram, run } from '../../compiler/prove/process.ts';
import { engineTest } from '../engines/require.ts';
import { writeFiles } from '../prove/files.ts';
import { buildFiles } from './build-one.ts';

const README = readFileSync(
  fileURLToPath(new URL('../../templates/postfix/README.md', import.meta.url)),
  'utf8',
);
const postfixTest = await engineTest('postfix');

const TITLE = `# Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r
`;

test('the files whole', async () => {
  const { files } = await buildFiles(
    'postfix',
    `  - {domain: host.example, note: "x\\n y REJECT"}
  - email: [Bad.One@other.example, '#odd/$1@other.example']
  - {domain: alone.example, match: exact}
  - ip: [192.0.2.1, 192.0.2.2, "2001:db8::1"]
  - {email: old@other.example, status: historical}
  - {email: '!old@other.example', status: historical}
  - {cidr: 203.0.113.0/24, status: historical}
`,
  );
  expect(Object.fromEntries(files)).toEqual({
    'block-addresses.map': `# Addresses of mail to reject, by Refang: a table of type hash, for postmap.
${TITLE}
# All addresses of these domains and of those below. Postfix looks for one of both keys, as
# parent_domain_matches_subdomains says.
host.example REJECT Listed address
.host.example REJECT Listed address

# Single addresses.
bad.one@other.example REJECT Listed address
`,
    'block-addresses.regexp': `# Addresses of mail to reject, by Refang: a table of type regexp.
${TITLE}
# All addresses of these domains, and none of those below.
/@alone\\.example$/ REJECT Listed address

# Single addresses that a table of type hash cannot hold.
/^#odd\\/\\$1@other\\.example$/ REJECT Listed address
`,
    'block-clients.cidr': `# Clients to reject, by Refang: a table of type cidr.
${TITLE}
192.0.2.1/32 REJECT Listed address
192.0.2.2/32 REJECT Listed address
2001:db8::1/128 REJECT Listed address
`,
    'watch-addresses.map': `# Addresses of mail to log, by Refang: a table of type hash, for postmap.
${TITLE}
# Single addresses.
old@other.example WARN refang watch: example
`,
    'watch-addresses.regexp': `# Addresses of mail to log, by Refang: a table of type regexp.
${TITLE}
# Single addresses that a table of type hash cannot hold.
/^!old@other\\.example$/ WARN refang watch: example
`,
    'watch-clients.cidr': `# Clients to log, by Refang: a table of type cidr.
${TITLE}
203.0.113.0/24 WARN refang watch
`,
  });
});

test('every kind has its fate', async () => {
  const { files, fateOf } = await buildFiles(
    'postfix',
    `  - domain: [host.example, www.host.example]
  - {domain: alone.host.example, match: exact}
  - {email: bad@host.example}
  - {domain: old.example, status: historical}
  - url: http://host.example/a
`,
  );
  expect(files.get('block-addresses.map')).toContain('\nbad@host.example REJECT Listed address\n');
  expect(await fateOf('host.example')).toBe('emitted (block)');
  expect(await fateOf('www.host.example')).toBe('covered (block)');
  expect(await fateOf('alone.host.example')).toBe('covered (block)');
  expect(await fateOf('bad@host.example')).toBe('emitted (block)');
  expect(await fateOf('old.example')).toBe('emitted status (watch)');
  expect(await fateOf('http://host.example/a')).toBe(
    'unsupported a mail server sees addresses of mail and of clients',
  );
});

postfixTest('addresses that try to be more load, and mean themselves', async () => {
  const addresses = [
    '#a@host.example',
    "!a&b'c*d%e@host.example",
    '/x/@host.example',
    'x{y}|z~`$^=?+_-@host.example',
    'if@host.example',
    '*@host.example',
    `${'a'.repeat(64)}@host.example`,
  ];
  const yaml = addresses.map((address) => `  - email: ${JSON.stringify(address)}\n`).join('');
  const { folder, files } = await buildFiles('postfix', yaml);
  const paths = [...files.keys()].map((name) => join(folder, name));
  expect((await postfix.load(paths)).problems).toEqual([]);
  const shown = [...addresses, ...addresses.map((address) => address.replace('@', 'x@').slice(-300))];
  const cases = shown.map((text, id) => ({
    id,
    kind: 'email' as const,
    text,
    expect: 'match' as const,
    about: '',
  }));
  const report = await postfix.behave?.({ files: paths, cases });
  const dropped = new Set(
    report?.observations.filter(({ rules: [deed] }) => deed === 'drop').map((one) => one.case),
  );
  expect([...dropped].sort((a, b) => a - b)).toEqual(addresses.map((_, at) => at));
});

postfixTest('the lines that the README wants in main.cf are read, and name every file', async () => {
  const [, lines = ''] = /^```main\.cf\n([^`]*)```/m.exec(README) ?? [];
  const { files } = await buildFiles('postfix', '  - domain: host.example\n');
  for (const name of files.keys())
    expect(lines).toContain(`:/etc/postfix/refang/${name}${name.startsWith('block') ? ',' : ''}`);
  const [path] = writeFiles({ 'main.cf': lines, 'master.cf': '' });
  const args = ['-c', join(path as string, '..'), '-n'];
  const { status, stdout, stderr } = await run(findProgram('postconf') as string, args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.match(/check_\w+_access/g)).toHaveLength(10);
});
