/** Shows that the proof of a target can fail: its templates with one fault planted in them at a time. */

import { expect } from 'vitest';
import type { EngineName } from '../../compiler/prove/engine.ts';
import { engineTest } from '../engines/require.ts';
import { failuresOf, type Override, proveWith } from './prove-with.ts';

/** The lines up to the entries: everything active and confident, and guards have nothing against documentation values. */
export const CONFIDENT = `refang: 1
defaults:
  status: active
  confidence: 90
  severity: high
  tlp: clear
  allow: {guard: special-use, reason: documentation values, owner: Example CERT}
indicators:
`;

/** A fault; either `says` or `refused` is given. */
export interface PlantedFault extends Override {
  /** For people. */
  about: string;
  target: string;
  /** What the proof has to say, among other things: the engine loads the files without a word. */
  says?: RegExp;
  /** What the engine has to say when it loads the files. */
  refused?: RegExp;
  /** Engines that read it as it is meant: it is for the others to find. */
  spares?: readonly EngineName[];
}

/** Tests a target as it is shipped, and with each fault of its own. `engines`: those that prove it. */
export async function testFaults(
  target: string,
  engines: readonly EngineName[],
  faults: readonly PlantedFault[],
  indicators: string,
): Promise<void> {
  const tested = await engineTest(...engines);
  tested('as it is shipped, no engine finds a fault', async () => {
    const proofs = await proveWith(target, [], indicators);
    expect(proofs.map(({ engine }) => engine)).toEqual(engines);
    for (const proof of proofs) expect(failuresOf(proof), proof.engine).toEqual([]);
  });
  for (const fault of faults.filter((one) => one.target === target)) {
    const { about, says, refused, spares } = fault;
    tested(`is caught: ${about}`, async () => {
      const proofs = await proveWith(target, [fault], indicators);
      const concerned = proofs.filter(({ engine }) => !spares?.includes(engine));
      expect(concerned.length).toBeGreaterThan(0);
      for (const proof of concerned) {
        const said = refused ? proof.problems : failuresOf(proof);
        expect(said.join('\n'), proof.engine).toMatch((refused ?? says) as RegExp);
      }
    });
  }
}
