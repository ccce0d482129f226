import type { z } from 'zod';
import type { Right } from '#lib/rights.ts';
import type { RequestContext } from '../context.ts';

/** A request that has a token and the right to ask. */
export type ApiCall = {
  readonly context: RequestContext;
  readonly request: Request;
  /** Who asks, as events name it. */
  readonly actor: string;
  /** The parts of the path, by their names. */
  readonly params: Readonly<Record<string, string>>;
};

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Something that the API answers: how it is found, what it needs, and what stands in the document about it. */
export type ApiEndpoint = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below /api/v1, with names in braces. */
  readonly path: string;
  readonly summary: string;
  /** Unique in the document, and the name of a client's method. */
  readonly operationId: string;
  /** What a token must hold; by the path's parts, where it is about any aggregate. Undefined: any token. */
  readonly toRight: (call: ApiCall) => Right | undefined;
  /** The right in words, for the document. */
  readonly scope: string;
  /** Parameters of the query, as an object's schema. */
  readonly query?: JsonSchema;
  readonly body?: JsonSchema;
  readonly status: 200 | 201 | 202;
  readonly answer: JsonSchema;
  /** Of the answer, where it is not JSON. */
  readonly mediaType?: string;
  /** Throws PlayheadError. */
  readonly respond: (call: ApiCall) => Promise<Response>;
};

/** The names in braces of a path. */
export function toPathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
