import { describe, expect, test } from 'vitest';
import { fileName } from '../../compiler/indicators/file_name.ts';
import { filePath } from '../../compiler/indicators/file_path.ts';
import { mutex } from '../../compiler/indicators/mutex.ts';
import { registryKey } from '../../compiler/indicators/registry_key.ts';
import { readText } from '../../compiler/indicators/text.ts';
import { userAgent } from '../../compiler/indicators/user_agent.ts';
import { testAccepted, testRefused } from './tables.ts';

describe.each([userAgent, mutex, fileName, filePath, registryKey])('$kind', (module) => {
  testRefused(module, [
    [' ', 'RF301', 'the value is empty'],
    ['a«\n»b', 'RF328', '`a<U+000A>b` holds the control character U+000A'],
    ['a«\0»', 'RF328', '`a<U+0000>` holds the control character U+0000'],
    ['a«\u2028»b', 'RF328', '`a<U+2028>b` holds U+2028'],
    ['a«\ufffe»b', 'RF328', '`a<U+FFFE>b` holds U+FFFE'],
    ['a«\u{1ffff}»b', 'RF328', '`a<U+1FFFF>b` holds U+1FFFF'],
    ['a«\ud800»b', 'RF328', '`a<U+D800>b` holds U+D800'],
    [`«${'a'.repeat(1025)}»`, 'RF329', `\`${'a'.repeat(80)}…\` has 1025 characters; 1024 is the most`],
  ]);
});

test('refused are control characters, separators and what is no character, in each plane, and nothing beside them', () => {
  const unspeakable = /^[\p{Cc}\u2028\u2029\p{Cs}\p{Noncharacter_Code_Point}]$/u;
  const isRefused = (code: number) => 'code' in readText(`a${String.fromCodePoint(code)}b`);
  const wrong: number[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (!unspeakable.test(String.fromCodePoint(code))) continue;
    if (!isRefused(code)) wrong.push(code);
    for (const beside of [code - 1, code + 1]) {
      if (beside < 0 || beside > 0x10ffff || unspeakable.test(String.fromCodePoint(beside))) continue;
      if (isRefused(beside)) wrong.push(beside);
    }
  }
  expect(wrong).toEqual([]);
});

testAccepted(userAgent, [
  ['  Mozilla/4.0 (compatible; MSIE 6.0)  ', 'Mozilla/4.0 (compatible; MSIE 6.0)'],
  ['agent(.)', 'agent(.)'],
  [
    'Bot hxxp://host[.]example',
    'Bot hxxp://host[.]example',
    ['RF335 `Bot hxxp://host[.]example` looks defanged and was kept as it is'],
  ],
]);

testAccepted(mutex, [
  ['Global\\a[.]b', 'Global\\a[.]b'],
  ['{12345678-ABCD}', '{12345678-ABCD}'],
]);

testAccepted(fileName, [
  ['Invoice.EXE', 'Invoice.EXE'],
  ['invoice\u202efdp.exe', 'invoice\u202efdp.exe'],
  ['a b[1].exe', 'a b[1].exe'],
  ['invoice[.]exe', 'invoice[.]exe', ['RF335 `invoice[.]exe` looks defanged and was kept as it is']],
]);

testRefused(fileName, [
  [
    'folder«/»a.exe',
    'RF330',
    '`folder/a.exe` has the separator `/`',
    'write it under `file_path:`, or the name alone',
  ],
  [
    'C:«\\»a.exe',
    'RF330',
    '`C:\\a.exe` has the separator `\\`',
    'write it under `file_path:`, or the name alone',
  ],
  ['«..»', 'RF330', '`..` is a folder'],
]);

testAccepted(filePath, [
  ['C:\\Users\\Public\\A.exe', 'C:\\Users\\Public\\A.exe'],
  ['/tmp/.x', '/tmp/.x'],
  ['%APPDATA%\\a.exe', '%APPDATA%\\a.exe'],
  ['\\\\server.example\\share\\a', '\\\\server.example\\share\\a'],
]);

testRefused(filePath, [
  ['«a.exe»', 'RF331', '`a.exe` has no separator', 'for a name in any folder use `file_name:`'],
  [
    '«http://host.example/a»',
    'RF302',
    '`http://host.example/a` is a URL, not a path',
    'write it under `url:`',
  ],
  [
    '«HKLM\\Software\\A»',
    'RF302',
    '`HKLM\\Software\\A` is a registry key, not a path',
    'write it under `registry_key:`',
  ],
]);

test.each([
  ['C:\\Users\\A.exe', { folder: 'C:\\Users', name: 'A.exe', separator: '\\', is_folder: false, full: true }],
  ['/tmp/', { folder: '/tmp', name: '', separator: '/', is_folder: true, full: true }],
  ['/', { folder: '', name: '', separator: '/', is_folder: true, full: false }],
  ['./a', { folder: '.', name: 'a', separator: '/', is_folder: false, full: false }],
])('describe %s', (value, fields) => {
  expect(filePath.describe(value)).toEqual(fields);
});

testAccepted(registryKey, [
  ['HKLM\\Software\\Run', 'HKEY_LOCAL_MACHINE\\Software\\Run'],
  ['hkcu\\Software\\Run\\', 'HKEY_CURRENT_USER\\Software\\Run'],
  ['HKCR\\.exe', 'HKEY_CLASSES_ROOT\\.exe'],
  ['HKU\\S-1-5-18\\a/b', 'HKEY_USERS\\S-1-5-18\\a/b'],
  ['HKCC\\System', 'HKEY_CURRENT_CONFIG\\System'],
  ['HKLM:\\Software', 'HKEY_LOCAL_MACHINE\\Software'],
  ['HKLM\\Software \\', 'HKEY_LOCAL_MACHINE\\Software'],
  ['HKEY_LOCAL_MACHINE\\SOFTWARE\\foo bar', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\foo bar'],
]);

testRefused(registryKey, [
  ['«Software»\\Run', 'RF332', '`Software\\Run` does not begin with a hive'],
  [
    '«HKLM/Software/Run»',
    'RF332',
    '`HKLM/Software/Run` does not begin with a hive',
    'separate the parts with backslashes',
  ],
  ['«HKLM»', 'RF333', '`HKLM` is a whole hive'],
  ['«HKLM\\»', 'RF333', '`HKLM\\` is a whole hive'],
  ['«HKLM\\ \\»', 'RF333', '`HKLM\\ \\` is a whole hive'],
  [
    `«HKCR\\${'k'.repeat(1007)}»`,
    'RF329',
    `\`HKEY_CLASSES_ROOT\\${'k'.repeat(62)}…\` has 1025 characters; 1024 is the most`,
  ],
  ['HKLM«\\\\»Software\\\\Run', 'RF333', '`HKLM\\\\Software\\\\Run` has two backslashes in a row'],
  ['HKLM\\Software«\\\\»Run', 'RF333', '`HKLM\\Software\\\\Run` has two backslashes in a row'],
]);

test.each([
  ['invoice.exe', true],
  ['in*.exe', false],
  ['a:b', false],
])('Windows can name a file %s: %s', (value, windows) => {
  expect(fileName.describe(value)).toEqual({ windows });
});

test('describe splits hive and key', () => {
  expect(registryKey.describe('HKEY_LOCAL_MACHINE\\Software\\Run')).toEqual({
    hive: 'HKEY_LOCAL_MACHINE',
    hive_short: 'HKLM',
    key: 'Software\\Run',
    short: 'HKLM\\Software\\Run',
  });
});
