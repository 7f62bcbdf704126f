/**
 * Writes the one comment of Refang on a pull request, or changes it. Where there is no pull request, or GitHub does not let us
 * (of a fork the token may only read), the report goes to the summary of the job. That never fails the job.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */

import { appendFileSync, readFileSync } from 'node:fs';

/** Who writes with the token of a job. */
const AUTHOR = 'github-actions[bot]';
/** Pages of a hundred comments that are searched. */
const MOST_PAGES = 30;

const {
  REFANG_REPORT = '',
  REFANG_PROJECT = '',
  REFANG_DIFFERS,
  REFANG_COMMENT,
  PULL_REQUEST,
  GITHUB_TOKEN,
  GITHUB_API_URL,
  GITHUB_REPOSITORY,
  GITHUB_STEP_SUMMARY = '',
} = process.env;

/** A repository can have several projects, each with a comment of its own. */
const marker = `<!-- refang-diff${REFANG_PROJECT && ` ${encodeURIComponent(REFANG_PROJECT)}`} -->`;
const body = readFileSync(REFANG_REPORT, 'utf8').replace(/^.*/, marker);

/** Why GitHub did not do what it was asked. */
class Refused extends Error {}

/**
 * @param {'GET' | 'POST' | 'PATCH'} method
 * @param {string} path below the repository
 * @param {unknown} [content]
 * @returns {Promise<any>}
 */
async function ask(method, path, content) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
      'user-agent': 'refang',
    },
    ...(content !== undefined && { body: JSON.stringify(content) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Refused(`GitHub answered ${response.status} to ${method} ${path}`);
  return response.json();
}

/** The comment that an earlier run wrote. Others may write its first line too: theirs stay as they are. */
async function findComment() {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const comments = await ask('GET', `/issues/${PULL_REQUEST}/comments?per_page=100&page=${page}`);
    for (const comment of comments)
      if (comment.user?.login === AUTHOR && comment.body?.startsWith(marker)) return comment;
    if (comments.length < 100) return undefined;
  }
  return undefined;
}

async function comment() {
  const found = await findComment();
  // A pull request about something else is left alone.
  if (!found && REFANG_DIFFERS === 'false') return 'nothing changes, and there is no comment';
  if (found && found.body.trimEnd() === body.trimEnd()) return `as it was: ${found.html_url}`;
  const written = found
    ? await ask('PATCH', `/issues/comments/${found.id}`, { body })
    : await ask('POST', `/issues/${PULL_REQUEST}/comments`, { body });
  return `${found ? 'changed' : 'wrote'} ${written.html_url}`;
}

function summarize() {
  appendFileSync(GITHUB_STEP_SUMMARY, `${body}\n`);
}

if (REFANG_COMMENT !== 'true' || !PULL_REQUEST) {
  summarize();
} else {
  try {
    console.log(await comment());
  } catch (error) {
    // `fetch` fails with a TypeError where nobody answers, and with a DOMException where nobody answers in time.
    if (!(error instanceof Refused || error instanceof TypeError || error instanceof DOMException))
      throw error;
    summarize();
    console.log(
      `::notice title=Refang::The comment could not be written (${error.message}), so it is in the summary`,
    );
  }
}
