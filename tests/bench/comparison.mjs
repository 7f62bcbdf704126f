/** What a comparison is, what it promises, and whether a promise is kept. */

/**
 * A number that is promised.
 * @typedef {object} Limit
 * @property {string} id names the measured value in the outcome
 * @property {string} unit what stands behind the number: `s CPU`, `MB`, `× faster`
 * @property {number} [must] what is promised
 * @property {number} [aim] what would be better
 * @property {boolean} [more] whether more is better; else less is
 */

/** @typedef {{ work: string, limits: readonly Limit[] }} Claim */

/** @typedef {{ title?: string, head: readonly string[], rows: readonly (readonly string[])[] }} Table */

/**
 * What a comparison found.
 * @typedef {object} Outcome
 * @property {Readonly<Record<string, number>>} [values] by the `id` of a limit
 * @property {readonly Table[]} [tables]
 * @property {readonly string[]} [checked] what was held to be equal, a sentence each
 * @property {readonly string[]} [skipped] what was not measured, and why
 */

/**
 * @typedef {object} Comparison
 * @property {string} name for `--only`
 * @property {string} title
 * @property {string} about what each side does
 * @property {readonly Claim[]} claims
 * @property {(bench: import('./bench.mjs').Bench) => Promise<Outcome>} run throws Error where sides do not agree
 */

/** What is promised, as text: `≤ 8 s CPU, ≤ 400 MB`. @param {Claim} claim @param {'must' | 'aim'} which */
export function promised({ limits }, which) {
  return limits
    .flatMap(({ unit, more, [which]: limit }) =>
      limit === undefined ? [] : `${more ? '≥' : '≤'} ${limit} ${unit}`,
    )
    .join(', ');
}

/** What was measured of a claim, as text. @param {Claim} claim @param {Readonly<Record<string, number>>} values */
export function told({ limits }, values) {
  return limits
    .flatMap(({ id, unit }) => {
      const value = values[id];
      return value === undefined ? [] : `${number(value)} ${unit}`;
    })
    .join(', ');
}

/** Whether a claim holds, and by how much it does not. @param {Claim} claim @param {Readonly<Record<string, number>>} values */
export function verdict(claim, values) {
  const measured = claim.limits.filter(({ id }) => values[id] !== undefined);
  if (measured.length === 0) return 'not measured';
  const missed = (/** @type {'must' | 'aim'} */ which) =>
    measured.flatMap((limit) => excess(limit, limit[which], values[limit.id] ?? 0));
  const [musts, aims] = [missed('must'), missed('aim')];
  if (musts.length > 0) return `**missed**: ${musts.join(', ')}`;
  const partly = measured.length < claim.limits.length ? ' (as far as measured)' : '';
  if (aims.length > 0) return `met${partly}; aim missed: ${aims.join(', ')}`;
  return (measured.some(({ aim }) => aim !== undefined) ? 'aim met' : 'met') + partly;
}

/** By how much a limit is missed, if it is. @param {Limit} limit @param {number | undefined} at @param {number} value */
function excess({ unit, more }, at, value) {
  if (at === undefined || (more ? value >= at : value <= at)) return [];
  if (!more && value >= 2 * at) return [`${number(value / at)} times as many ${unit}`];
  const percent = (Math.abs(value - at) / at) * 100;
  return [`${number(Math.max(percent, 1))} % ${more ? 'less' : 'more'} ${unit}`];
}

/** Three digits that say something. @param {number} value */
export function number(value) {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/**
 * A table of sides, with ratios to one of them.
 * @param {string} title @param {readonly import('./measure.mjs').Measured[]} sides @param {import('./measure.mjs').Measured | undefined} to
 * @returns {Table}
 */
export function tableOf(title, sides, to) {
  const head = ['', 'CPU s', 'peak MB', ...(to ? [`CPU, × ${to.name}`, 'memory, ×'] : []), 'rounds'];
  const rows = sides.map((side) => {
    if (side.failed !== undefined) return [side.name, side.failed, ...Array(head.length - 2).fill('')];
    const ratios = to ? [number(side.cpu / to.cpu), ratio(side.memory, to.memory)] : [];
    return [side.name, number(side.cpu), megabytesTold(side.memory), ...ratios, String(side.rounds)];
  });
  return { title, head, rows };
}

/** Memory as text. @param {number | undefined} megabytes */
export function megabytesTold(megabytes) {
  return megabytes === undefined ? 'not told' : number(megabytes);
}

/** @param {number | undefined} own @param {number | undefined} other */
function ratio(own, other) {
  return own === undefined || other === undefined ? '' : number(own / other);
}

/** The values that are known. @param {Readonly<Record<string, number | undefined>>} values @returns {Record<string, number>} */
export function known(values) {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])),
  );
}
