/** Checks what the schema cannot of a pass: that what it is told goes together, and that the names in it mean something. */

import type { Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { choices, enumerated, nearest } from '../source/words.ts';
import { countedBy, type Pass, type TargetDefinition } from './definition.ts';
import type { DefinitionReport, Path } from './definition-report.ts';

/** Tells the report what is wrong with a pass of a target, which stands at `path`. */
export function checkPass(
  definition: TargetDefinition,
  pass: Pass,
  path: Path,
  report: DefinitionReport,
): void {
  checkTier(definition, pass, path, report);
  checkJoining(pass, path, report);
  checkLimits(definition, pass, path, report);
  if (pass.approximation !== undefined && pass.approximates === undefined)
    report.add(
      [...path, 'approximation'],
      'it is not told what the pass can only say nearly',
      'say it in `approximates`',
    );
  if (pass.refers !== undefined) checkRefers(definition, pass, [...path, 'refers'], report);
  if (pass.revision !== undefined) checkRevision(definition, pass, [...path, 'revision'], report);
  if (pass.distinct !== undefined) report.addUnlessPattern([...path, 'distinct'], pass.distinct);
  checkTakes(pass, path, report);
}

function checkTier(
  { effect, tiers }: TargetDefinition,
  pass: Pass,
  path: Path,
  report: DefinitionReport,
): void {
  if (pass.tier && !tiers.includes(pass.tier))
    report.add([...path, 'tier'], `the target has no tier \`${pass.tier}\``, 'list it in `tiers`');
  if (tiers.length > 0 && !pass.tier && (pass.merge || pass.group))
    report.add(
      path,
      `the pass \`${pass.name}\` joins indicators of all tiers`,
      `give \`tier\` (${choices(tiers)}), or the output \`by: tier\``,
    );
  if (tiers.length > 0 && effect !== 'block')
    report.add(['tiers'], 'only blocking targets have tiers', 'take `tiers` out');
}

/** How indicators become entries. */
function checkJoining(pass: Pass, path: Path, report: DefinitionReport): void {
  const kinds = [...pass.takes.keys()];
  if (pass.merge && kinds.some((kind) => kind !== 'ip' && kind !== 'cidr'))
    report.add(
      [...path, 'merge'],
      'only `ip` and `cidr` can be merged',
      'give the other kinds a pass of their own',
    );
  if (pass.pack && pass.group !== 'context' && pass.group !== 'report')
    report.add(
      [...path, 'pack'],
      'only groups can be packed',
      'add `group: context` or `group: report`, or take `pack` out',
    );
  if (pass.split && pass.group !== 'rating')
    report.add(
      [...path, 'split'],
      'only groups by rating are split by what their members are',
      'add `group: rating`, or take `split` out',
    );
  if (pass.split && kinds.some((kind) => kind !== 'domain'))
    report.add([...path, 'split'], 'only domains have labels', 'give the other kinds a pass of their own');
}

/** For how many indicators it is used. */
function checkLimits(definition: TargetDefinition, pass: Pass, path: Path, report: DefinitionReport): void {
  if (pass.counts !== undefined) checkCounts(definition, pass, [...path, 'counts'], report);
  if (pass.beyond !== undefined && pass.upto === Number.POSITIVE_INFINITY)
    report.add(
      [...path, 'beyond'],
      'there is no number beyond which the pass is not used',
      'add `upto`, or take `beyond` out',
    );
}

function checkCounts({ outputs }: TargetDefinition, pass: Pass, path: Path, report: DefinitionReport): void {
  const passes = outputs.flatMap((output) => output.passes);
  if (pass.above === 0 && pass.upto === Number.POSITIVE_INFINITY)
    report.add(path, 'the pass is used for any number of indicators', 'add `above` or `upto`');
  if (countedBy(pass, passes) !== undefined) return;
  const meant = nearest(
    pass.counts as string,
    passes.map(({ name }) => name),
  );
  report.add(
    path,
    `the target has no pass \`${pass.counts}\`${pass.tier ? ` of the tier \`${pass.tier}\`` : ''}`,
    meant ? `did you mean \`${meant}\`?` : 'name another pass of the target',
  );
}

function checkRefers(
  { outputs }: TargetDefinition,
  { group, refers }: Pass,
  path: Path,
  report: DefinitionReport,
): void {
  const passes = outputs.flatMap((output) => output.passes);
  if (!group) report.add(path, 'only a group has members', 'add `group`, or take `refers` out');
  if (passes.some(({ name, identity, group: of }) => name === refers && identity && !of)) return;
  const help = 'name a pass with ids whose entries are single indicators';
  report.add(path, `no indicator has an id in \`${refers}\``, help);
}

function checkRevision(
  { outputs }: TargetDefinition,
  pass: Pass,
  path: Path,
  report: DefinitionReport,
): void {
  const own = outputs.findIndex(({ passes }) => passes.includes(pass));
  const before = outputs.slice(0, own).flatMap((output) => output.passes);
  const other = before.find(({ name, identity }) => name === pass.revision && identity);
  if (!other)
    report.add(path, `no output before has a pass \`${pass.revision}\` with ids`, 'name another pass');
  else if (!haveSameEntries(pass, other))
    report.add(
      path,
      `the rules of \`${other.name}\` are for others`,
      'give both the same `takes`, `group` and `pack`',
    );
}

/** Whether two passes have the same entries of the same indicators. */
function haveSameEntries(one: Pass, other: Pass): boolean {
  const [a, b] = [one, other].map(({ takes, group, pack, split, merge, tier, revoked }) =>
    JSON.stringify([[...takes], group, pack, split, merge, tier, revoked]),
  );
  return a === b;
}

function checkTakes(pass: Pass, path: Path, report: DefinitionReport): void {
  for (const [kind, take] of pass.takes) {
    for (const field of Object.keys(take.where ?? {})) {
      const known = narrowingFields(kind);
      if (known.includes(field)) continue;
      const meant = nearest(field, known);
      report.add(
        [...path, 'takes', kind, 'where', { key: field }],
        `\`${kind}\` has no field \`${field}\``,
        meant ? `did you mean \`${meant}\`?` : `its fields are ${enumerated(known)}`,
      );
    }
  }
}

/** What `where` may name: the kind's own fields, and of a domain how far it reaches. */
function narrowingFields(kind: Kind): string[] {
  const own = Object.keys(KIND_MODULES[kind].fields);
  return kind === 'domain' ? [...own, 'subdomains'] : own;
}
