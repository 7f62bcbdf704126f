import { describe, expect, test } from 'vitest';
import { url } from '../../compiler/indicators/url.ts';
import { testAccepted, testRefused } from './tables.ts';

testAccepted(url, [
  ['http://host.example/', 'http://host.example/'],
  ['http://host.example', 'http://host.example/'],
  ['http://host.example?a=1', 'http://host.example/?a=1'],
  ['HTTPS://HOST.Example/Path?Query=1', 'https://host.example/Path?Query=1'],
  ['hxxps[://]host[.]example/test[.]html', 'https://host.example/test.html'],
  ['hxxp[:]//host[.]example/a?m=user[@]other[.]example', 'http://host.example/a?m=user@other.example'],
  ['hxxp://host.example/x(at)y', 'http://host.example/x@y'],
  ['h**p://host(dot)example', 'http://host.example/'],
  ['fxp://host.example/a', 'ftp://host.example/a'],
  ['http://host.example/a[.]php', 'http://host.example/a.php'],
  ['http://host.example:80/', 'http://host.example/'],
  ['https://host.example:80/', 'https://host.example:80/'],
  ['https://host.example:443/', 'https://host.example/'],
  ['http://host.example:/a', 'http://host.example/a'],
  ['http://host[.]example[:]8080/a', 'http://host.example:8080/a'],
  ['ldap://host.example:389/a', 'ldap://host.example:389/a'],
  ['http://192.0.2.1/a', 'http://192.0.2.1/a'],
  ['http://[2001:DB8::0:1]:8080/a', 'http://[2001:db8::1]:8080/a'],
  [
    'http://[::ffff:192.0.2.1]/',
    'http://192.0.2.1/',
    ['RF312 `::ffff:192.0.2.1` is IPv4-mapped: read as `192.0.2.1`'],
  ],
  ['http://User:Pass@host.example/', 'http://User:Pass@host.example/'],
  ['http://a@b@host.example/', 'http://a@b@host.example/'],
  ['http://exämple.example/ä', 'http://xn--exmple-cua.example/%C3%A4'],
  ['http://host.example/a😀?ä=%c3%a4', 'http://host.example/a%F0%9F%98%80?%C3%A4=%c3%a4'],
  ['http://host.example./a', 'http://host.example/a'],
  [
    'http://host.example/a#part',
    'http://host.example/a',
    ['RF322 the fragment `#part` is never sent and was dropped'],
  ],
  [
    'http://host.example#a?b/c',
    'http://host.example/',
    ['RF322 the fragment `#a?b/c` is never sent and was dropped'],
  ],
]);

describe('url keeps path and query as written', () => {
  test.each([
    'http://host.example/a/../b/./c//d',
    'http://host.example/%2e%2E/%zz/%41%c3%a9',
    'http://host.example/?',
    'http://host.example/a?b?c=d&&e',
    'http://host.example/"<>^`{|}\\',
    'http://host.example/x(at)y(.)z\\.q',
    'http://host.example/?filter[at]=1&filter[dot]=2',
    'http://host.example/a:b@c',
    'http://host.example/http://other.example/',
  ])('%s', (written) => {
    expect(url.parse(written)).toEqual({ ok: true, kind: 'url', value: written, notes: [] });
  });
});

testRefused(url, [
  ['', 'RF301', 'the value is empty'],
  ['http://host.example/a« »b', 'RF321', '`http://host.example/a b` holds a space'],
  ['hxxp://host[.]example/a«\t»b', 'RF321', '`hxxp://host[.]example/a<U+0009>b` holds the character U+0009'],
  ['http://host.example/a«\u00a0»b', 'RF321', '`http://host.example/a\u00a0b` holds the character U+00A0'],
  [
    'http://host.example/a«\u200b»b',
    'RF334',
    '`http://host.example/a<U+200B>b` holds the invisible character U+200B',
  ],
  [
    '«host[.]example/path»',
    'RF320',
    '`host[.]example/path` has no scheme',
    'write `http://` or `https://` in front',
  ],
  [
    '«host.example»',
    'RF320',
    '`host.example` has no scheme',
    'write `http://` or `https://` in front, or use `domain:`',
  ],
  [
    '«192.0.2.1»',
    'RF320',
    '`192.0.2.1` has no scheme',
    'write `http://` or `https://` in front, or use `ip:`',
  ],
  [
    '«host.example:80»',
    'RF320',
    '`host.example:80` has no scheme',
    'write `http://` or `https://` in front, or use `endpoint:`',
  ],
  [
    '«http:/host.example/»',
    'RF320',
    '`http:/host.example/` has no scheme',
    'write `http://` or `https://` in front',
  ],
  ['«//host.example/»', 'RF320', '`//host.example/` has no scheme', 'write `http://` or `https://` in front'],
  ['«http://»/path', 'RF320', '`http:///path` has no host'],
  ['«http://user@»/path', 'RF320', '`http://user@/path` has no host'],
  ['http://«localhost»/', 'RF305', '`localhost` is a single label'],
  ['http://host«%»2eexample/', 'RF303', '`host%2eexample` is not a domain name: it holds `%`'],
  ['http://host.example«\\»/a', 'RF303', '`host.example\\` is not a domain name: it holds `\\`'],
  ['http://«0x7f.1»/', 'RF310', '`0x7f.1` is not spelled as four decimal numbers'],
  ['http://192.0.2.«01»/', 'RF309', '`192.0.2.01` has a number with a leading zero'],
  [
    'http://host.example:«99999»/',
    'RF319',
    '`http://host.example:99999/` has the port `99999`; ports are 1 to 65535',
  ],
  ['http://«[2001:db8::1»/', 'RF308', '`[2001:db8::1` is not an IPv6 address in brackets'],
]);

describe('url describes', () => {
  test('all its parts', () => {
    expect(url.describe('https://u:p@host.example:8443/a%20b/c?d=%41')).toEqual({
      scheme: 'https',
      host: 'host.example',
      host_kind: 'domain',
      port: 8443,
      port_given: true,
      userinfo: 'u:p',
      path: '/a%20b/c',
      query: 'd=%41',
      path_query: '/a%20b/c?d=%41',
      decoded: '/a b/c?d=A',
      encoded: true,
      normal: false,
      escapes: true,
      is_folder: false,
      wildcard: false,
    });
  });

  test.each([
    [
      'http://[2001:db8::1]/',
      { host: '2001:db8::1', host_kind: 'ip6', port: 80, port_given: false, userinfo: '', query: '' },
    ],
    ['ldap://192.0.2.1/a', { host_kind: 'ip4', port: 0, encoded: false, decoded: '/a' }],
    ['http://host.example/?', { path: '/', query: '', path_query: '/?' }],
  ])('%s', (value, fields) => {
    expect(url.describe(value)).toMatchObject(fields);
  });

  test.each([
    ['/a/b.php?c=/../d//e', true],
    ['/', true],
    ['/a%20b', false],
    ['/a?b=%20', false],
    ['//a', false],
    ['/a/../b', false],
    ['/a\\b', false],
  ])('%s stays as it is: %s', (request, normal) => {
    expect(url.describe(`http://host.example${request}`).normal).toBe(normal);
  });

  test.each([
    ['/', true],
    ['/a/', true],
    ['/?a=/', true],
    ['/a', false],
    ['/?', false],
    ['/?a', false],
  ])('%s is a folder: %s', (request, isFolder) => {
    expect(url.describe(`http://host.example${request}`).is_folder).toBe(isFolder);
  });

  test.each([
    ['/a*b', true],
    ['/?a=^', true],
    ['/a?b=%2A', false],
  ])('%s has wildcards: %s', (request, wildcard) => {
    expect(url.describe(`http://host.example${request}`).wildcard).toBe(wildcard);
  });

  test.each([
    ['/%C3%A9', '/é'],
    ['/%25', '/%'],
    ['/d%2541', '/d%41'],
    ['/%zz%4', '/%zz%4'],
    ['/%ff%41', '/%ffA'],
    ['/%C3%41', '/%C3A'],
    ['/%f0%9f%98%80', '/😀'],
    ['/a+b', '/a+b'],
    ['/%00', '/\0'],
  ])('%s decodes to %j', (request, decoded) => {
    expect(url.describe(`http://host.example${request}`).decoded).toBe(decoded);
  });
});
