import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Row = { readonly Id: string } & Readonly<Record<string, unknown>>;

/**
 * A local server that speaks Salesforce's describe and queryAll resources: paging by `nextRecordsUrl`, `WHERE Id >`
 * and `Id IN`, the order of ids, a token, and a limit of requests. It knows no other SOQL, and refuses it.
 */
export async function createSalesforceServer(rows: readonly Row[], pageSize = 2) {
  let left = Number.POSITIVE_INFINITY;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    asked.push(url.pathname);
    if (request.headers.authorization !== 'Bearer good') {
      answer(401, [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
      return;
    }
    left -= 1;
    if (left < 0) {
      answer(403, [
        { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
      ]);
      return;
    }
    if (url.pathname.endsWith('/sobjects/Account/describe')) {
      const names = ['Id', 'Name', 'Big__c', 'BillingCity', 'SystemModstamp', 'IsDeleted'];
      const fields = names.map((name) => ({ name, type: 'string' }));
      answer(200, { fields: [...fields, { name: 'BillingAddress', type: 'address' }] });
      return;
    }
    const page = /\/queryAll\/(\d+)-(.*)$/.exec(decodeURIComponent(url.pathname));
    const from = Number(page?.[1] ?? 0);
    const soql = page?.[2] ?? url.searchParams.get('q') ?? '';
    const parsed =
      /^SELECT [\w,]+ FROM Account(?: WHERE Id (> '(\w+)'|IN \(([\w',]+)\)))? ORDER BY Id$/.exec(
        soql,
      );
    if (parsed === null || soql.includes('BillingAddress')) {
      answer(400, [{ errorCode: 'MALFORMED_QUERY', message: `unexpected: ${soql}` }]);
      return;
    }
    const [, , after = '', listed] = parsed;
    const found = rows
      .filter(({ Id }) => Id > after && (listed === undefined || listed.includes(`'${Id}'`)))
      .toSorted((a, b) => (a.Id < b.Id ? -1 : 1));
    const to = from + pageSize;
    const records = found
      .slice(from, to)
      .map((row) => ({ attributes: { type: 'Account' }, ...row }));
    const next =
      to < found.length
        ? { nextRecordsUrl: `/services/data/v62.0/queryAll/${encodeURIComponent(`${to}-${soql}`)}` }
        : {};
    const body = JSON.stringify({
      totalSize: found.length,
      done: to >= found.length,
      ...next,
      records,
    });
    // As Salesforce writes it: more digits than JavaScript's numbers have.
    answer(200, body.replaceAll('"BIG"', '12345678901234567890.5'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { instanceUrl: `http://127.0.0.1:${port}`, accessToken: 'good' },
    /** The paths of all requests. */
    asked,
    /** Lets so many more requests through. */
    allow: (count: number) => {
      left = count;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
