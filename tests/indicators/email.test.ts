import { expect, test } from 'vitest';
import { email } from '../../compiler/indicators/email.ts';
import { testAccepted, testRefused } from './tables.ts';

const local65 = 'a'.repeat(65);

testAccepted(email, [
  ['user@host.example', 'user@host.example'],
  ['User.Name+Tag@Host.Example', 'user.name+tag@host.example'],
  ['user[@]host[.]example', 'user@host.example'],
  ['user(at)host(dot)example', 'user@host.example'],
  ['user [at] host [dot] example', 'user@host.example'],
  ["o'neil!#$%&*/=?^_`{|}~-@host.example", "o'neil!#$%&*/=?^_`{|}~-@host.example"],
  ['user@exämple.example', 'user@xn--exmple-cua.example'],
  [`${'a'.repeat(64)}@${'b.'.repeat(91)}example`, `${'a'.repeat(64)}@${'b.'.repeat(91)}example`],
]);

testRefused(email, [
  ['', 'RF301', 'the value is empty'],
  ['«user»', 'RF323', '`user` has no `@`'],
  [
    '«host.example»',
    'RF302',
    '`host.example` is a domain name, not an e-mail address',
    'write it under `domain:`',
  ],
  [
    '«@»host.example',
    'RF323',
    '`@host.example` has nothing before `@`',
    'for all addresses of a domain, list the domain under `domain:`',
  ],
  ['user«@»', 'RF323', '`user@` has no domain after `@`'],
  [
    '«"user name"»@host.example',
    'RF323',
    '`"user name"@host.example` has a quoted local part',
    'write the address without quotes; addresses that need them are not supported',
  ],
  ['User« »Name <user@host.example>', 'RF323', '`User Name <user@host.example>` holds a space before `@`'],
  ['«<»user@host.example', 'RF323', '`<user@host.example` holds `<` before `@`'],
  ['mailto«:»user@host.example', 'RF323', '`mailto:user@host.example` holds `:` before `@`'],
  ['user«@»other@host.example', 'RF323', '`user@other@host.example` holds `@` before `@`'],
  ['us«é»r@host.example', 'RF323', '`usér@host.example` holds `é` before `@`'],
  [
    'user«.»@host.example',
    'RF323',
    '`user.@host.example` has a dot at the edge of its local part, or two in a row',
  ],
  [
    'us«.».er@host.example',
    'RF323',
    '`us..er@host.example` has a dot at the edge of its local part, or two in a row',
  ],
  [
    `«${local65}»@host.example`,
    'RF329',
    `\`${local65}@host.example\` has 65 characters before \`@\`; 64 is the most`,
  ],
  [
    `«${'a'.repeat(64)}@${'b.'.repeat(91)}examples»`,
    'RF329',
    `\`${'a'.repeat(64)}@${'b.'.repeat(8).slice(0, 15)}…\` has 255 characters; 254 is the most`,
  ],
  [
    'user@«[192.0.2.1]»',
    'RF323',
    '`user@[192.0.2.1]` has an address in place of a domain',
    'list the address under `ip:`',
  ],
  ['user@«localhost»', 'RF305', '`localhost` is a single label'],
  ['user@192.0.2.«1»', 'RF306', '`192.0.2.1` ends in the number `1`'],
]);

test('describe splits at the last @', () => {
  expect(email.describe('user@host.example')).toEqual({ local: 'user', domain: 'host.example', plain: true });
  expect(email.describe('#a@host.example').plain).toBe(false);
});
