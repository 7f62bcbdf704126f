/** Refang as a library: `check`, `build`, `diff` and `explain`, on a project or on files, as the verbs of the command line do. */

export { type BuildOptions, type BuildReport, build } from './build.ts';
export { type CheckReport, check } from './check.ts';
export type { Diagnostic } from './diagnostics/diagnostic.ts';
export { type DiffOptions, type DiffReport, diff } from './diff.ts';
export { type ExplainReport, explain } from './explain.ts';
export { type FixReport, fix } from './fix.ts';
export { listTargets } from './list-targets.ts';
export { VERSION } from './version.ts';
