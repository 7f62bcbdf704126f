/** Refang as a library: `check`, `build`, `diff` and `explain`, on a project or on files, as the verbs of the command line do. */

export { type BuildOptions, type BuildReport, build } from './build.ts';
export { type CheckReport, check } from './check.ts';
export type { Diagnostic } from './diagnostics/diagnostic.ts';
export { type DiffOptions, type DiffReport, diff } from './diff.ts';
export { type ExplainReport, explain } from './explain.ts';
export { type FixReport, fix } from './fix.ts';
export { type FmtOptions, type FmtReport, fmt } from './fmt.ts';
export { type InitOptions, type InitReport, init } from './init.ts';
export { listTargets } from './list-targets.ts';
export { SCHEMA_NAMES, type SchemaName, schemaText } from './schemas.ts';
export { type VerifyOptions, type VerifyReport, verify } from './verify.ts';
export { VERSION } from './version.ts';
export { type WatchOptions, type WatchRound, watch } from './watch.ts';
