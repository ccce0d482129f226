import 'server-only';
import { PlayheadError } from '#lib/playhead-error.ts';
import { getListPage } from '#server/runtime/queries/list-page.ts';
import { answer } from './answer-query.ts';
import type { WebContext } from './context.ts';
import { viewOfList } from './identity/rights-of.ts';
import { toJsonAnswer } from './json-answer.ts';

/** Answers a GET request with a page of the list of that name, for who may view its module. Throws LIST_NOT_FOUND. */
export function answerList(request: Request, name: string): Promise<Response> {
  const needed = ({ registry }: Pick<WebContext, 'registry'>) => viewOfList(registry, name);
  return answer(request, needed, async ({ registry, db, scans }) => {
    const list = registry.lists.get(name);
    if (list === undefined) {
      const sentence = `There is no list “${name.slice(0, 40)}”.`;
      throw new PlayheadError('LIST_NOT_FOUND', sentence);
    }
    const { searchParams } = new URL(request.url);
    return toJsonAnswer(await getListPage(searchParams.get('q') ? scans : db, list, searchParams));
  });
}
