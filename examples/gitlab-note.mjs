/**
 * `node gitlab-note.mjs FILE`: writes the one note of Refang on a merge request, or changes it. FILE is what
 * `refang diff --format markdown` printed; its first line is the mark by which the note is found again.
 *
 * @see https://docs.gitlab.com/api/notes/#merge-requests
 */

import { readFileSync } from 'node:fs';

const { CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID, REFANG_TOKEN = '' } = process.env;
const NOTES = `/projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;
const PAGE = 100;

const [file = ''] = process.argv.slice(2);
const body = readFileSync(file, 'utf8');
const [mark = ''] = body.split('\n');

/**
 * @param {'GET' | 'POST' | 'PUT'} method
 * @param {string} path
 * @param {unknown} [content]
 * @returns {Promise<any>}
 */
async function ask(method, path, content) {
  const response = await fetch(`${CI_API_V4_URL}${path}`, {
    method,
    headers: { 'private-token': REFANG_TOKEN, 'content-type': 'application/json' },
    ...(content !== undefined && { body: JSON.stringify(content) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`GitLab answered ${response.status} to ${method} ${path}`);
  return response.json();
}

/** Only what the owner of the token wrote: others may write the mark too. */
async function findNote() {
  const { id } = await ask('GET', '/user');
  for (let page = 1; ; page++) {
    const notes = await ask('GET', `${NOTES}?per_page=${PAGE}&page=${page}`);
    for (const note of notes) if (note.author.id === id && note.body.startsWith(mark)) return note;
    if (notes.length < PAGE) return undefined;
  }
}

const found = await findNote();
if (found) await ask('PUT', `${NOTES}/${found.id}`, { body });
else await ask('POST', NOTES, { body });
console.log(`${found ? 'changed' : 'wrote'} the note`);
