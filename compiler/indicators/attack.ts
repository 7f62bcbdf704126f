/** ATT&CK: the tactics of each technique, from a table committed beside this file. */

import table from './attack-tactics.json' with { type: 'json' };

let tactics: Map<string, string[]> | undefined;

function tacticsByTechnique(): Map<string, string[]> {
  if (tactics) return tactics;
  tactics = new Map();
  for (const [tactic, techniques] of Object.entries(table.techniques)) {
    for (const technique of techniques.split(' '))
      tactics.set(technique, [...(tactics.get(technique) ?? []), tactic]);
  }
  return tactics;
}

/** The tactics of some techniques, such as `command-and-control`, each once, sorted. Unknown techniques have none. */
export function tacticsOf(techniques: readonly string[]): string[] {
  if (techniques.length === 0) return [];
  const byTechnique = tacticsByTechnique();
  return [...new Set(techniques.flatMap((id) => byTechnique.get(id) ?? []))].sort();
}
