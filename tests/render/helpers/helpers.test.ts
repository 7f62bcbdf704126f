import { expect, it } from 'vitest';
import { HELPERS } from '../../../compiler/render/helpers/helpers.ts';

function run(name: string, ...args: unknown[]): unknown {
  const helper = HELPERS[name];
  if (!helper) throw new Error(`no helper ${name}`);
  const [least, most] = helper.params;
  expect(args.length).toBeGreaterThanOrEqual(least);
  expect(args.length).toBeLessThanOrEqual(most);
  return helper.run(...args);
}

it.each<[string, unknown[], unknown]>([
  ['eq', ['historical', 'historical'], true],
  ['eq', [60, '60'], false],
  ['ne', ['red', 'green'], true],
  ['ne', [1, 1], false],
  ['gt', [61, 60], true],
  ['gt', [60, 60], false],
  ['and', [true, 'x', 1, ['a']], true],
  ['and', [true, []], false],
  ['and', ['x', ''], false],
  ['or', ['', 0, [], undefined, false], false],
  ['or', ['', 'x'], true],
  ['not', [''], true],
  ['not', [['a']], false],
  ['default', ['', 'none'], 'none'],
  ['default', [undefined, 'none'], 'none'],
  ['default', [[], 'none'], 'none'],
  ['default', [0, 'none'], 0],
  ['default', [false, 'none'], false],
  ['lower', ['ÉVIL.Example'], 'évil.example'],
  ['lower', ['I'], 'i'],
  ['upper', ['a1b2'], 'A1B2'],
  ['spaced', ['lengmo.myds.me'], 'lengmo .myds .me'],
  ['spaced', ['a@evil.example'], 'a@evil .example'],
  ['spaced', ['none'], 'none'],
  ['slug', ['Poison Carp'], 'poison_carp'],
  ['slug', ['  Société -- Générale! '], 'societe_generale'],
  ['slug', ['../../etc/passwd'], 'etc_passwd'],
  ['slug', ['ＦＵＬＬ'], 'full'],
  ['slug', ['İstanbul'], 'istanbul'],
  ['slug', ['日本'], ''],
  ['title_case', ['network connection to domains of RedAlpha'], 'Network Connection to Domains of RedAlpha'],
  ['title_case', ['dns query for 1ds.me and a/b via x_y 2nd'], 'Dns Query for 1ds.me and a/b via x_y 2nd'],
  ['title_case', ['i-soon (lengmo) new'], 'I-soon (Lengmo) new'],
  ['title_case', ['a  b'], 'a  B'],
  ['title_case', ['host.example\tnames\nbelow'], 'host.example Names Below'],
  ['truncate', ['abcdef', 6], 'abcdef'],
  ['truncate', ['abcdefg', 6], 'abc...'],
  ['truncate', ['😀😀😀😀😀', 4], '😀...'],
  ['truncate', ['😀😀😀😀', 4], '😀😀😀😀'],
  ['truncate', ['abcd', 3], '...'],
  ['join', [['a', 'b', 3], ', '], 'a, b, 3'],
  ['join', [[], ', '], ''],
  ['concat', ['.', 'evil.example'], '.evil.example'],
  ['concat', ['sid ', 7, ' ', true], 'sid 7 true'],
  ['pluck', [[{ value: 'a' }, { value: 'b' }], 'value'], ['a', 'b']],
  ['pluck', [[{ cidrs: ['a', 'b'] }, { cidrs: [] }, { cidrs: ['c'] }], 'cidrs'], ['a', 'b', 'c']],
  ['unlike_in_case', [['B', 'a', 'b', 'A', 'c']], ['B', 'a', 'c']],
  ['list', ['a', 1], ['a', 1]],
  ['uri', ["https://host.example/it's?a=%20&b=c#d"], "https://host.example/it's?a=%20&b=c#d"],
  ['uri', ['https://[2001:db8::1]:8/[a]?"b c"'], 'https://[2001:db8::1]:8/%5Ba%5D?%22b%20c%22'],
  ['uri', ['http://host.example/50%/é#a#b'], 'http://host.example/50%25/%C3%A9#a%23b'],
  ['includes', [['a', 'b'], 'b'], true],
  ['includes', [['ab'], 'b'], false],
  ['includes', ['a_b', '_'], true],
  ['includes', ['', '|'], false],
  ['one_line', [' a\r\n\tb\u202ec '], 'a b c'],
  ['one_line', [['a\nb', ' c']], ['a b', 'c']],
  ['address_spellings', ['192.0.2.1'], ['192.0.2.1']],
  ['address_spellings', ['2001:db8::1'], ['2001:db8::1', '2001:db8:0:0:0:0:0:1']],
  ['address_spellings', ['2001:db8:1:2:3:4:5:6'], ['2001:db8:1:2:3:4:5:6']],
  [
    'address_spellings',
    [['::1', '2001:db8::']],
    ['::1', '0:0:0:0:0:0:0:1', '2001:db8::', '2001:db8:0:0:0:0:0:0'],
  ],
  ['without_scheme', ['https://evil.example/http://x'], 'evil.example/http://x'],
  ['without_scheme', ['HTTP://evil.example'], 'evil.example'],
  ['without_scheme', ['ftp://evil.example'], 'ftp://evil.example'],
  ['plain_host', ['HTTPS://a.example/'], true],
  ['plain_host', ['https://пример.example/'], false],
  ['plain_host', ['http://[2001:db8::1]/'], false],
  ['date_underscored', ['2024-03-20'], '2024_03_20'],
  ['year', ['2024-03-20'], '2024'],
  ['epoch', ['1970-01-02'], 86400],
  ['epoch', ['2024-02-29'], 1709164800],
  ['epoch', ['1970-01-02', 3], 86403],
  ['latest', ['2024-02-29', '', '2024-10-01', '2024-09-30'], '2024-10-01'],
  ['latest', ['', ''], ''],
  ['epoch_after', ['2024-02-28'], 1709164800],
  ['epoch_after', ['9999-12-31'], 253402300800],
  ['base64', ['1ds.me'], 'MWRzLm1l'],
  ['base64', ['é😀'], 'w6nwn5iA'],
  ['base64', [''], ''],
  ['instant', ['2024-03-20', 7], '2024-03-20T00:00:00.007Z'],
  ['instant', ['2024-03-20', 86_399_999], '2024-03-20T23:59:59.999Z'],
  ['md5', ['a.example'], 'af60befa758e782df5bdf9901187616d'],
  [
    'uuid5',
    ['6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'http://www.example.com'],
    '2d32a3f1-fac2-52a6-ac52-fe9e87e628ea',
  ],
  ['uuid5', ['6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'a', 5], '2f5349a5-f85a-5498-bab2-ba3291c59144'],
  ['byte_length', ['é😀'], 6],
  ['byte_length', ['<a@evil.example>'], 16],
  ['percent_encode', ["a b/c?d=é&'~"], 'a%20b%2Fc%3Fd%3D%C3%A9%26%27~'],
])('%s of %j is %j', (name, args, result) => {
  expect(run(name, ...args)).toEqual(result);
});

it.each<[string, unknown[], string]>([
  ['gt', ['61', 60], 'a number is wanted, not the string `61`'],
  ['lower', [['a']], 'text is wanted, not a list'],
  ['spaced', [undefined], 'text is wanted, not nothing'],
  ['join', ['a,b', ','], 'a list is wanted, not the string `a,b`'],
  ['join', [[{}], ','], 'text is wanted, not an object'],
])('%s of %j is a TypeError', (name, args, message) => {
  expect(() => run(name, ...args)).toThrow(new TypeError(message));
});

it.each<[string, unknown[], string]>([
  ['year', ['2024-3-20'], '`2024-3-20` is not a day, YYYY-MM-DD'],
  ['epoch', ['2023-02-29'], '`2023-02-29` is not a day, YYYY-MM-DD'],
  ['date_underscored', ['2024-13-01'], '`2024-13-01` is not a day, YYYY-MM-DD'],
  ['epoch', [''], '`` is not a day, YYYY-MM-DD'],
  ['latest', ['', '2024-02-30'], '`2024-02-30` is not a day, YYYY-MM-DD'],
  ['instant', ['2024-03-20', 86_400_000], '`instant` wants a whole number of milliseconds of one day'],
  ['uuid5', ['urn', 'a'], '`urn` is not a UUID'],
  ['truncate', ['abc', 2], '`truncate` wants a whole number from 3'],
  ['truncate', ['abc', 4.5], '`truncate` wants a whole number from 3'],
  ['pluck', [[{ value: 'a' }], 'valeu'], 'an item of the list has no field `valeu`'],
  ['base64', ['\ud800'], 'half of a character (a lone surrogate) has no bytes'],
])('%s of %j is a RangeError', (name, args, message) => {
  expect(() => run(name, ...args)).toThrow(new RangeError(message));
});
