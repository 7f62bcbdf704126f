import { expect, test } from 'vitest';
import { PROJECT } from '../project.ts';
import { folderWith } from '../temporary.ts';
import { bundledRefang } from './refang.ts';

const refang = await bundledRefang();

const AS_OF = ['--as-of', '2026-01-01'];

const INDICATORS = `refang: 1
defaults: {status: active, confidence: 90, severity: high, tlp: clear}
indicators:
  - cidr: 45.1.0.0/22
  - cidr: 2a02:1::/62
  - domain: low.example
    allow: {guard: special-use, reason: a drill, owner: Example CERT}
  - ip: 9.9.9.9
    allow: {guard: public-resolver, reason: our own policy, owner: Example CERT}
`;

const project = (indicators: string, settings = 'targets: [hosts, ipset, nftables, zeek]\n') =>
  folderWith({ 'refang.yaml': settings, 'indicators.yaml': indicators });

test('check ends with what is blocked, once for targets that block the same', () => {
  const folder = project(INDICATORS, 'targets: [adguard, hosts, ipset, nftables, unbound, zeek]\n');
  expect(refang(folder, ['check', ...AS_OF])).toEqual({
    code: 0,
    stdout: '',
    stderr: `4 indicators, no problems

IPv4 addresses  IPv6 /64  listed  special-use  blocked by
         1,025         4       1            -  ipset, nftables
`,
  });
});

test('nothing where no network and nothing listed is blocked', () => {
  const stderr = '6 indicators, no problems\n';
  expect(refang(folderWith(PROJECT), ['check', ...AS_OF])).toEqual({ code: 0, stdout: '', stderr });
  const watched = project(INDICATORS.replace('confidence: 90', 'confidence: 60'));
  expect(refang(watched, ['check', ...AS_OF]).stderr).toBe('4 indicators, no problems\n');
});

test('formats for machines stay what they are', () => {
  const folder = project(INDICATORS);
  expect(refang(folder, ['check', '--format', 'json', ...AS_OF])).toEqual({
    code: 0,
    stdout: '[]\n',
    stderr: '',
  });
  expect(refang(folder, ['check', '--format', 'concise', ...AS_OF])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});

test('more than the budget is an error at the widest network', () => {
  const folder = project(INDICATORS, 'targets: [nftables]\nlimits: {addresses: 1000}\n');
  expect(refang(folder, ['check', ...AS_OF])).toEqual({
    code: 3,
    stdout: '',
    stderr: `error[RF413]: \`nftables\` would block 1,029 addresses, more than the 1,000 addresses of \`limits.addresses\`
 --> indicators.yaml:4:11
  |
4 |   - cidr: 45.1.0.0/22
  |           ^^^^^^^^^^^ the widest: 1,024 addresses
  |
  = why: blocking so much of the internet is an accident more often than a decision
  = help: take networks out, or raise \`limits.addresses\` of refang.yaml

1 error in 1 file

IPv4 addresses  IPv6 /64  listed  special-use  blocked by
         1,025         4       1            -  nftables
`,
  });
});
