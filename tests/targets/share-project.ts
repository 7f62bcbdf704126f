/** A project of two targets that share everything, built as its owner would build it: with a lock. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { build } from '../../compiler/index.ts';
import { filesBelow, folderWith } from '../temporary.ts';

const SETTINGS = `publisher: {name: Example "CERT", id: example-cert, prefix: EXAMPLE}
inputs: [indicators.yaml]
targets: [stix, misp]
policy: {share: {tlp: red}}
`;

export interface ShareProject {
  /** Writes the indicators and builds: text by path below the target's folder. */
  build(indicators: string, asOf: string): Promise<Readonly<Record<string, string>>>;
  /** The target's folder. */
  folder: string;
}

/** A project that shares with one target. */
export function shareProject(target: 'stix' | 'misp', settings = SETTINGS): ShareProject {
  const cwd = folderWith({ 'refang.yaml': settings });
  const folder = join(cwd, 'out', target);
  return {
    folder,
    async build(indicators, asOf) {
      writeFileSync(join(cwd, 'indicators.yaml'), indicators);
      const { session } = await build({ cwd, asOf, targets: [target], allowShrink: true });
      expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      return filesBelow(folder);
    },
  };
}

/** The lines up to `indicators:`. Guards have nothing against documentation values here. */
export const REPORTS = `refang: 1
reports:
  example: {title: "An \\"example\\"\\nof two lines", author: Example CERT, published: 2025-01-15, notice: "Handle\\twith 'care' \\\\", url: https://www.example.com/r}
  other: {title: Other, author: Other CERT, published: 2025-03-01}
actors:
  alpha: {name: "Al\\"pha\\\\", aliases: [A 1, "A\\n2"], kind: group, linked_to: [company]}
  company: {name: Company, kind: organization}
  person: {name: Person, kind: person}
defaults: {status: active, confidence: 90, severity: high, tlp: green, allow: {guard: special-use, reason: documentation values, owner: Example CERT}}
indicators:
`;
