/** Tables of values for the tests of kinds. */

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Kind, KindModule, Refused } from '../../compiler/indicators/kind.ts';

/** As written; the canonical value; code and message of each note; the kind where it differs. */
export type AcceptedRow = readonly [written: string, value: string, notes?: readonly string[], kind?: Kind];

/** The part at fault between « and »; the code; the message; the help where the code's own is not meant. */
export type RefusedRow = readonly [marked: string, code: string, message: string, help?: string];

export function testAccepted(module: KindModule, rows: readonly AcceptedRow[]): void {
  describe(`${module.kind} accepts`, () => {
    for (const [written, value, notes = [], kind = module.kind] of rows) {
      test(JSON.stringify(written), () => {
        const result = module.parse(written);
        expect(result).toMatchObject({ ok: true, kind, value });
        expect(result.ok && result.notes.map((note) => `${note.code} ${note.message}`)).toEqual(notes);
      });
    }
  });
}

export function testRefused(module: KindModule, rows: readonly RefusedRow[]): void {
  describe(`${module.kind} refuses`, () => {
    for (const [marked, code, message, help] of rows) {
      test(JSON.stringify(marked), () => {
        const written = marked.replace(/[«»]/g, '');
        const result = module.parse(written) as Refused;
        const { at } = result;
        const found = { ok: result.ok, code: result.code, message: result.message, help: result.help };
        expect(found).toEqual({ ok: false, code, message, help });
        expect(at && mark(written, at)).toBe(marked.includes('«') ? marked : undefined);
        expect(message).not.toMatch(/[\n\r]|\.$/);
      });
    }
  });
}

function mark(text: string, at: { start: number; end: number }): string {
  return `${text.slice(0, at.start)}«${text.slice(at.start, at.end)}»${text.slice(at.end)}`;
}

/** The folder of public data beside the checkout; tests that need it are skipped without it. */
const DATA = new URL('../../../shared/data/', import.meta.url);
export const hasData = existsSync(DATA);

/** The lines of a list of the public data, without comments and empty ones. */
export function dataLines(path: string): string[] {
  const lines = readFileSync(new URL(path, DATA), 'utf8').split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

/** A JSON file of the public data. */
export function dataJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, DATA), 'utf8')) as T;
}
