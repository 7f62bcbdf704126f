/** Changes of lists told line by line: which lines of entries came, and which went. */

import type { OutputPlan } from '../plan/plan.ts';
import type { Output } from '../targets/definition.ts';
import { renderTarget } from './render-target.ts';
import type { RenderRequest, Trace } from './request.ts';

/** What differs between the lists that an output is in two builds. */
export interface LineDelta {
  /** The file of the list; the first of several parts. */
  of: string;
  /** All files of the list, in either build. */
  paths: ReadonlySet<string>;
  tier: Output['tier'];
  removed: readonly string[];
  added: readonly string[];
  /** Why these lines do not make the new list of the old one; undefined where they do. */
  obstacle: string | undefined;
}

/** The changes of each output with `delta: lines`. Both builds must have its outputs. */
export function* lineDeltas(before: RenderRequest, after: RenderRequest): Generator<LineDelta> {
  const earlier = listingsOf(before);
  for (const [key, now] of listingsOf(after)) {
    const old = earlier.get(key) ?? new Listing(now.tier);
    yield {
      of: now.paths[0] as string,
      paths: new Set([...old.paths, ...now.paths]),
      tier: now.tier,
      removed: surplus(old.lines, now.lines),
      added: surplus(now.lines, old.lines),
      obstacle: obstacleOf(old, now),
    };
  }
}

/** The list that an output is, in all its parts. */
class Listing {
  readonly paths: string[] = [];
  /** Those of entries, each once. */
  readonly lines = new Set<string>();
  /** Those around entries that say something. */
  readonly around = new Set<string>();
  /** Whether entries begin and end with a line. */
  inLines = true;
  readonly tier: Output['tier'];

  constructor(tier: Output['tier']) {
    this.tier = tier;
  }

  /** Adds what a part of the list says, given what the chunk that is drawn is for. */
  addPart(path: string, chunks: Iterable<string>, trace: Trace): void {
    this.paths.push(path);
    let atStart = true;
    for (const chunk of chunks) {
      if (chunk === '') continue;
      const ofEntry = trace.current !== undefined;
      if (ofEntry && !(atStart && chunk.endsWith('\n'))) this.inLines = false;
      atStart = chunk.endsWith('\n');
      for (const line of chunk.split('\n')) {
        if (ofEntry && line !== '') this.lines.add(line);
        if (!ofEntry && !SAYS_NOTHING.test(line)) this.around.add(line);
      }
    }
  }
}

/** A blank line, and a comment in the languages of lists. */
const SAYS_NOTHING = /^\s*(?:[#;!].*)?$/;

/** By output, of which `by: tier` makes one for each tier. */
function listingsOf(request: RenderRequest): Map<string, Listing> {
  const listings = new Map<string, Listing>();
  const trace: Trace = { current: undefined };
  // Outputs are worked out at each look.
  const { outputs, ...plan } = request.plan;
  for (const outputPlan of outputs) {
    const { file, tier, delta } = outputPlan.output;
    if (delta !== 'lines') continue;
    const key = `${tier} ${file}`;
    const listing = listings.get(key) ?? new Listing(tier);
    listings.set(key, listing);
    const alone = { ...plan, outputs: [unnumbered(outputPlan)] };
    const fileView = { ...request.fileView, ...(outputPlan.output.serial && { serial: NO_SERIAL }) };
    for (const { path, chunks } of renderTarget({ ...request, plan: alone, fileView, trace }))
      listing.addPart(path, chunks, trace);
  }
  return listings;
}

/** No file has it: that a serial rises with a change is no other change. */
const NO_SERIAL = 0;

function unnumbered(outputPlan: OutputPlan): OutputPlan {
  return { ...outputPlan, output: { ...outputPlan.output, serial: false } };
}

/** The lines of one list that another does not have. */
function surplus(lines: ReadonlySet<string>, without: ReadonlySet<string>): string[] {
  return [...lines].filter((line) => !without.has(line));
}

function obstacleOf(old: Listing, now: Listing): string | undefined {
  if (!old.inLines || !now.inLines) return 'its entries are not lines of their own';
  return old.around.size === now.around.size && surplus(now.around, old.around).length === 0
    ? undefined
    : 'what stands around its entries changed as well';
}
