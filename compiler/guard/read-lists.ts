/** Reads the lists that refang.yaml names. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { expandGlob, type FileReader, isGlob } from '../source/files.ts';
import type { GuardSetting } from '../source/guard-settings.ts';
import type { GuardList } from './list.ts';
import { readOwnList } from './own-list.ts';
import { readWarningList } from './warning-list.ts';

/** All lists, in the order of the settings, and what is wrong with them. */
export function readLists(
  settings: readonly GuardSetting[],
  reader: FileReader,
): { lists: GuardList[]; diagnostics: Diagnostic[] } {
  const lists: GuardList[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const setting of settings) {
    for (const path of pathsOf(setting, reader, diagnostics)) {
      const { file, diagnostics: unreadable } = reader.read(path);
      diagnostics.push(...unreadable.map((one) => ({ span: setting.span, ...one })));
      if (!file) continue;
      const read = (setting.own ? readOwnList : readWarningList)(file, guardName(path));
      diagnostics.push(...read.diagnostics);
      if (read.list) lists.push(read.list);
    }
  }
  return { lists, diagnostics };
}

/** How overrides name a list: by its file, or by its folder, as MISP's own collection has `tranco10k/list.json`. */
export function guardName(path: string): string {
  const [name = '', folder = 'list'] = path.split('/').reverse();
  const stem = name.replace(/(?<=.)\.[^.]*$/, '');
  return (stem === 'list' ? folder : stem).toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
}

/** The files that a setting means; a glob without a match is told. */
function pathsOf(setting: GuardSetting, reader: FileReader, diagnostics: Diagnostic[]): string[] {
  if (!isGlob(setting.pattern)) return [setting.pattern];
  const found = expandGlob(reader, setting.pattern);
  if (found.length === 0)
    diagnostics.push({
      code: 'RF124',
      severity: 'error',
      span: setting.span,
      message: `no file matches \`${setting.pattern}\``,
      help: 'mend `guards` of refang.yaml',
    });
  return found;
}
