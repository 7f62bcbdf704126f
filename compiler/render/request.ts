/** What rendering a target takes, and what it gives. */

import type { Register } from '../identity/register.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Entry } from '../plan/entry.ts';
import type { TargetPlan } from '../plan/plan.ts';
import type { Pass, Syntax, Tier } from '../targets/definition.ts';
import type { Ancestry, RuleMemory } from './rule-memory.ts';
import type { TemplateRunner } from './template.ts';
import type { FileView, Views } from './view.ts';

/** A file in the making. Its text can be drawn once. */
export interface RenderedFile {
  /** Below the target's folder, with `/`. */
  path: string;
  tier: Tier | undefined;
  chunks: Iterable<string>;
  /** Rules or list entries in the file. */
  entries: number;
}

/** One target, planned and ready to render. */
export interface RenderRequest {
  target: string;
  set: IndicatorSet;
  plan: TargetPlan;
  views: Views;
  fileView: FileView;
  /** By the language of an output. */
  runners: ReadonlyMap<Syntax, TemplateRunner>;
  /** Absent for a target without identity and serials. */
  register: Register | undefined;
  /** What rules said in the build before, and on which basis it holds, where there was one. */
  memory?: { rules: RuleMemory; basis: string; ancestry: Ancestry | undefined } | undefined;
  /** Follows which entry is being written, where someone asks. */
  trace?: Trace;
}

/** What the chunk is for that is drawn at this moment. */
export interface Trace {
  /** Undefined for what stands around entries, and for entries that nobody follows. */
  current: { pass: Pass; entry: Entry } | undefined;
  /** Which entries have a chunk of their own; all by default. */
  follows?: (pass: Pass, entry: Entry) => boolean;
}
