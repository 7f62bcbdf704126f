import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../compiler/render/languages/characters.ts';
import type { Escape } from '../../../compiler/render/languages/language.ts';
import { SURICATA } from '../../../compiler/render/languages/suricata.ts';
import { anyText, binary, forAllText, unicodeText } from './hostile.ts';

const { content, pcre, reference, metadata } = SURICATA.places as Record<string, Escape> & {
  content: Escape;
  pcre: Escape;
  reference: Escape;
  metadata: Escape;
};

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** The value of a rule's option as Suricata cuts it: up to the first `;` that has no backslash before it. */
function option(rest: string): string {
  const end = rest.search(/(?<!\\);/);
  return rest.slice(0, end);
}

/** The inside of the quotes of an option; fails where the quotes do not enclose all of it. */
function quoted(value: string): string {
  expect(value).toMatch(/^".*"$/);
  return value.slice(1, -1);
}

/** `msg`: a backslash makes the next character literal. */
function readMessage(inside: string): string {
  return inside.replace(/\\(.)/g, '$1');
}

/** `content`: characters, and bytes in hex between bars. */
function readContent(inside: string): string {
  return inside
    .split('|')
    .map((part, index) => {
      if (index % 2 === 0) {
        expect(part).not.toMatch(/[";:\\]/);
        return part;
      }
      expect(part).toMatch(/^[0-9a-f]{2}( [0-9a-f]{2})*$/);
      return Buffer.from(part.replaceAll(' ', ''), 'hex').toString('latin1');
    })
    .join('');
}

describe('msg', () => {
  it.each([
    ['EXAMPLE Domain (1ds .me)', 'EXAMPLE Domain (1ds .me)'],
    ['a\\b', 'a\\\\b'],
    ['say "x"; sid:1', 'say \\"x\\"\\; sid:1'],
    ['one\r\n\ttwo', 'one two'],
    ['Société 😀', 'Soci?t? ?'],
    ['\ud800', '?'],
    ['\u202eexe', 'exe'],
    ['', ''],
  ])('writes %j as %j', (text, written) => {
    expect(SURICATA.text.escape(text)).toBe(written);
  });

  it('is read back as one line of ASCII', () => {
    forAllText(anyText, (text) => {
      const written = SURICATA.text.escape(text);
      expect(written).toMatch(PRINTABLE_ASCII);
      const read = readMessage(quoted(option(`"${written}"; sid:1;`)));
      expect(read).toBe(oneLine(text).replace(/[^\x20-\x7e]/gu, '?'));
    });
  });
});

describe('content', () => {
  it.each([
    ['web.evil.example', 'web.evil.example'],
    ['a;b', 'a|3b|b'],
    ['";:\\|', '|22 3b 3a 5c 7c|'],
    ['/gate.php?id=7&k=%20', '/gate.php?id=7&k=%20'],
    ['bücher', 'b|c3 bc|cher'],
    ['a\0\nb', 'a|00 0a|b'],
    ['`x`', '|60|x|60|'],
  ])('writes %j as %j', (text, written) => {
    expect(content.escape(text)).toBe(written);
  });

  it('is read back as the bytes of the text', () => {
    forAllText(unicodeText, (text) => {
      if (text === '' || /\p{Cs}/u.test(text)) return;
      const written = content.escape(text);
      expect(written).toMatch(PRINTABLE_ASCII);
      expect(readContent(quoted(option(`"${written}"; sid:1;`)))).toBe(binary(text));
    });
  });

  it.each(['', '\ud800'])('refuses %j', (text) => {
    expect(() => content.escape(text)).toThrow(RangeError);
  });
});

describe('pcre', () => {
  it.each([
    ['invoice.docm.exe', 'invoice\\.docm\\.exe'],
    ['a/b', 'a\\/b'],
    ['a\\b', 'a\\x5cb'],
    ['x;"y":', 'x\\x3b\\x22y\\x22\\x3a'],
    ['(a|b)*{2}', '\\(a\\|b\\)\\*\\{2\\}'],
    ['é', '\\xc3\\xa9'],
    ['\n', '\\x0a'],
    ['user-name@evil.example', 'user-name@evil\\.example'],
  ])('writes %j as %j', (text, written) => {
    expect(pcre.escape(text)).toBe(written);
  });

  it('matches the bytes of the text, whole, and nothing longer or shorter', () => {
    forAllText(unicodeText, (text) => {
      if (text === '' || /\p{Cs}/u.test(text)) return;
      const written = pcre.escape(text);
      expect(written).toMatch(PRINTABLE_ASCII);
      const value = quoted(option(`"/${written}/i"; sid:1;`));
      // Suricata's own way to find the end of the pattern.
      const pattern = /(?<!\\)\/(.*(?<!(?<!\\)\\))\/([^"]*)/.exec(value);
      expect(pattern?.[1]).toBe(written);
      expect(pattern?.[2]).toBe('i');
      const regex = new RegExp(`^(?:${written})$`);
      const bytes = binary(text);
      expect(regex.test(bytes)).toBe(true);
      expect(regex.test(`${bytes}x`)).toBe(false);
      expect(regex.test(bytes.slice(1))).toBe(false);
    });
  });

  it.each(['', '\udfff'])('refuses %j', (text) => {
    expect(() => pcre.escape(text)).toThrow(RangeError);
  });
});

describe('reference', () => {
  it.each([
    ['evil.example/report?id=1&k=%20#p', 'evil.example/report?id=1&k=%20#p'],
    ['evil.example/a;b,c d"e', 'evil.example/a%3Bb%2Cc%20d%22e'],
    ['evil.example/é\n', 'evil.example/%C3%A9%0A'],
    ['a\\b|c', 'a%5Cb%7Cc'],
  ])('writes %j as %j', (text, written) => {
    expect(reference.escape(text)).toBe(written);
  });

  it('is the same URL once percent-decoded', () => {
    forAllText(unicodeText, (text) => {
      const plain = `evil.example/${text.replace(/[%\p{Cs}]/gu, '').slice(0, 50)}`.replace(/\p{Cs}/gu, '');
      const written = reference.escape(plain);
      expect(written).toMatch(/^[\x21-\x7e]+$/);
      expect(written).not.toMatch(/[;,"\\]/);
      expect(decodeURIComponent(written)).toBe(plain);
    });
  });

  it.each([
    ['', 'a reference cannot be empty'],
    ['%20x', 'a reference begins with its host'],
    ['"', 'a reference begins with its host'],
    [`evil.example/${'é'.repeat(200)}`, 'a reference is at most 1000 characters long'],
  ])('refuses %j', (text, message) => {
    expect(() => reference.escape(text)).toThrow(new RangeError(message));
  });
});

describe('metadata', () => {
  it.each([
    ['Client_Endpoint', 'Client_Endpoint'],
    ['Poison Carp', 'Poison_Carp'],
    ['Anxun Information Technology Co., Ltd.', 'Anxun_Information_Technology_Co._Ltd.'],
    ['"a"; sid:2', 'a_sid:2'],
    ['Société', 'Soci?t?'],
    ['one\ntwo', 'one_two'],
    ['amber+strict', 'amber+strict'],
  ])('writes %j as %j', (text, written) => {
    expect(metadata.escape(text)).toBe(written);
  });

  it('is one word of ASCII that no option or list ends in', () => {
    forAllText(anyText, (text) => {
      if (/^[,;"'`\\\s]*$/.test(oneLine(text))) return;
      if (/^[_]*$/.test(text)) return;
      expect(metadata.escape(text)).toMatch(/^[\x21-\x7e]+$/);
      expect(metadata.escape(text)).not.toMatch(/[,;"'`\\]/);
    });
  });

  it.each(['', ' ', ';', '\n'])('refuses %j, of which nothing is left', (text) => {
    expect(() => metadata.escape(text)).toThrow(new RangeError('a metadata value cannot be empty'));
  });
});
