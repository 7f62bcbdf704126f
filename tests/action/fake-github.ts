/** The part of GitHub's API that comments need, on loopback. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Comment {
  id: number;
  body: string;
  user: { login: string };
  html_url: string;
}

export interface FakeGithub {
  /** What GITHUB_API_URL is. */
  api: string;
  comments: Comment[];
  /** `METHOD path` of all that was asked. */
  asked: string[];
  /** What is answered to writing, as GitHub does to the token of a fork (403) or to a body that is too long (422). */
  refuse?: number;
}

/** What GitHub takes in a comment, in characters. */
const MOST = 65_536;
const PAGE = 100;

/** A pull request with these comments, by login and body. Only inside a test. */
export async function fakeGithub(...comments: readonly [login: string, body: string][]): Promise<FakeGithub> {
  const fake: FakeGithub = { api: '', asked: [], comments: [] };
  const add = (login: string, body: string): Comment => {
    const id = fake.comments.length + 1;
    const one = { id, body, user: { login }, html_url: `https://host.example/pull/7#comment-${id}` };
    fake.comments.push(one);
    return one;
  };
  for (const [login, body] of comments) add(login, body);

  const server = createServer(async (request, response) => {
    const answer = (status: number, content: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    };
    const { method, url = '' } = request;
    fake.asked.push(`${method} ${url}`);
    const sent = await text(request);
    if (request.headers.authorization !== 'Bearer job-token') return answer(401, {});
    if (method === 'GET') {
      const page = Number(new URL(url, fake.api).searchParams.get('page'));
      return answer(200, fake.comments.slice((page - 1) * PAGE, page * PAGE));
    }
    if (fake.refuse !== undefined) return answer(fake.refuse, { message: 'refused' });
    const { body } = JSON.parse(sent) as { body: string };
    if (body.length > MOST) return answer(422, { message: 'Body is too long (maximum is 65536 characters)' });
    if (method === 'POST' && url === '/repos/example/intel/issues/7/comments')
      return answer(201, add('github-actions[bot]', body));
    const found = fake.comments.find(({ id }) => url === `/repos/example/intel/issues/comments/${id}`);
    if (method !== 'PATCH' || !found) return answer(404, {});
    found.body = body;
    return answer(200, found);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  fake.api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}
