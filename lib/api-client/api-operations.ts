/*
 * What the programs' API takes and answers, generated from the values that its OpenAPI document is made of:
 * npm run api:client writes it, and a test says when it is out of date.
 */

export type ApiOperations = {
  /** Lists accounts: searched, narrowed and sorted over all of them. */
  readonly 'GET /accounts': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly status?: string | readonly string[];
      readonly currency?: string | readonly string[];
      readonly sort?: 'lastActivity' | 'owner' | 'number' | 'balance' | 'openedAt';
      readonly dir?: 'asc' | 'desc';
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly accountId: string;
        readonly number: string;
        readonly owner: string;
        readonly currency: string;
        readonly overdraftLimit: string;
        readonly balance: string;
        readonly status: 'open' | 'closed';
        readonly openedAt: string;
        readonly closedAt: string | null;
        readonly lastActivityAt: string;
        readonly version: number;
      }[];
      readonly total: number;
      readonly atLeast: boolean;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly facets: {
        readonly status: readonly { readonly value: string; readonly count: number }[];
        readonly currency: readonly { readonly value: string; readonly count: number }[];
      };
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads an account from its view, or folded from its events (consistency=strong). */
  readonly 'GET /accounts/{accountId}': {
    readonly path: { readonly accountId: string };
    readonly query: {
      readonly consistency?: 'eventual' | 'wait' | 'strong';
      readonly sequence?: number;
      readonly timeout?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly account: {
        readonly accountId: string;
        readonly number: string;
        readonly owner: string;
        readonly currency: string;
        readonly overdraftLimit: string;
        readonly balance: string;
        readonly status: 'open' | 'closed';
        readonly openedAt: string;
        readonly closedAt: string | null;
        readonly lastActivityAt: string;
        readonly version: number;
      };
      readonly source: 'read-model' | 'event-store';
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      } | null;
    };
  };
  /** Lists the movements of an account, newest first. */
  readonly 'GET /accounts/{accountId}/ledger': {
    readonly path: { readonly accountId: string };
    readonly query: {
      readonly type?: string | readonly string[];
      readonly q?: string;
      readonly from?: string;
      readonly to?: string;
      readonly least?: string;
      readonly most?: string;
      readonly upTo?: number;
      readonly cursor?: string;
      readonly limit?: number;
      readonly sequence?: number;
      readonly timeout?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly eventId: string;
        readonly sequence: number;
        readonly type: 'deposit' | 'withdrawal' | 'transfer-in' | 'transfer-out';
        readonly amount: string;
        readonly balanceAfter: string;
        readonly currency: string;
        readonly description: string | null;
        readonly counterparty: string | null;
        readonly bookedAt: string;
        readonly bookingDate?: string;
        readonly otherSequence?: number;
      }[];
      readonly total: number;
      readonly atLeast: boolean;
      readonly note: string | null;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Lists transfers that were proposed: status=proposed for those that wait. */
  readonly 'GET /transfers': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly sort?: 'status' | 'proposedAt';
      readonly dir?: 'asc' | 'desc';
      readonly cursor?: string;
      readonly limit?: number;
      readonly status?: string | readonly string[];
      readonly currency?: string | readonly string[];
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly transferId: string;
        readonly fromAccountId: string;
        readonly toAccountId: string;
        readonly amount: string;
        readonly currency: string;
        readonly description: string | null;
        readonly status: 'proposed' | 'approved' | 'declined';
        readonly proposedBy: string;
        readonly proposedAt: string;
        readonly expiresAt: string;
        readonly decidedBy: string | null;
        readonly decidedAt: string | null;
        readonly reason: string | null;
        readonly version: number;
      }[];
      readonly total: number;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly facets: Readonly<
        Record<string, readonly { readonly value: string; readonly count: number }[]>
      >;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads a transfer that was proposed, and what became of it. */
  readonly 'GET /transfers/{transferId}': {
    readonly path: { readonly transferId: string };
    readonly query: { readonly sequence?: number; readonly timeout?: number };
    readonly body: undefined;
    readonly answer: {
      readonly transfer: {
        readonly transferId: string;
        readonly fromAccountId: string;
        readonly toAccountId: string;
        readonly amount: string;
        readonly currency: string;
        readonly description: string | null;
        readonly status: 'proposed' | 'approved' | 'declined';
        readonly proposedBy: string;
        readonly proposedAt: string;
        readonly expiresAt: string;
        readonly decidedBy: string | null;
        readonly decidedAt: string | null;
        readonly reason: string | null;
        readonly version: number;
      };
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Opens an account under a number that nobody has. */
  readonly 'POST /accounts': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly number: string;
      readonly owner: string;
      readonly currency: string;
      readonly overdraftLimit?: string;
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Pays money in. */
  readonly 'POST /accounts/{accountId}/deposits': {
    readonly path: { readonly accountId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly amount: string;
      readonly currency: string;
      readonly description?: string;
      readonly counterparty?: string;
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Pays money out. */
  readonly 'POST /accounts/{accountId}/withdrawals': {
    readonly path: { readonly accountId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly amount: string;
      readonly currency: string;
      readonly description?: string;
      readonly counterparty?: string;
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Moves money to another account of the same currency: both legs or none. A large one is proposed, and has a Location where it waits for another’s approval. */
  readonly 'POST /accounts/{fromAccountId}/transfers': {
    readonly path: { readonly fromAccountId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly toAccountId: string;
      readonly amount: string;
      readonly currency: string;
      readonly description?: string;
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Books a transfer that another actor has proposed: both legs or none. */
  readonly 'POST /transfers/{transferId}/approval': {
    readonly path: { readonly transferId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly fromAccountId: string; readonly toAccountId: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Ends a proposed transfer with a reason, and books nothing. */
  readonly 'POST /transfers/{transferId}/refusal': {
    readonly path: { readonly transferId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Closes an account whose balance is zero, for good. */
  readonly 'POST /accounts/{accountId}/closure': {
    readonly path: { readonly accountId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason?: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Lists users: searched, narrowed and sorted over all of them. */
  readonly 'GET /users': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly sort?: 'name' | 'email' | 'registeredAt' | 'updatedAt';
      readonly dir?: 'asc' | 'desc';
      readonly cursor?: string;
      readonly limit?: number;
      readonly status?: string | readonly string[];
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly userId: string;
        readonly email: string;
        readonly name: string;
        readonly status: 'active' | 'deactivated' | 'unknown';
        readonly registeredAt: string;
        readonly updatedAt: string;
        readonly deactivatedAt: string | null;
        readonly version: number;
      }[];
      readonly total: number;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly facets: Readonly<
        Record<string, readonly { readonly value: string; readonly count: number }[]>
      >;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads a user and their permissions from the views. */
  readonly 'GET /users/{userId}': {
    readonly path: { readonly userId: string };
    readonly query: { readonly sequence?: number; readonly timeout?: number };
    readonly body: undefined;
    readonly answer: {
      readonly user: {
        readonly userId: string;
        readonly email: string;
        readonly name: string;
        readonly status: 'active' | 'deactivated' | 'unknown';
        readonly registeredAt: string;
        readonly updatedAt: string;
        readonly deactivatedAt: string | null;
        readonly version: number;
      };
      readonly permissions: readonly {
        readonly permission: string;
        readonly grantedBy: string;
        readonly grantedAt: string;
        readonly sequence: number;
      }[];
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Lists who holds which permission, now or as it was at a time. */
  readonly 'GET /permissions': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly user?: string | readonly string[];
      readonly permission?: string | readonly string[];
      readonly at?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly userId: string;
        readonly name: string;
        readonly status: 'active' | 'deactivated' | 'unknown';
        readonly permissions: readonly {
          readonly permission: string;
          readonly grantedBy: string;
          readonly grantedAt: string;
          readonly sequence: number;
        }[];
      }[];
      readonly total: number;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly facets: {
        readonly permission: readonly { readonly value: string; readonly count: number }[];
      };
      readonly at: string | null;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Lists what was granted and revoked, newest first. */
  readonly 'GET /permissions/changes': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly user?: string | readonly string[];
      readonly permission?: string | readonly string[];
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly userId: string;
        readonly permission: string;
        readonly change: 'granted' | 'revoked';
        readonly changedBy: string;
        readonly changedAt: string;
        readonly sequence: number;
      }[];
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Registers a user under an id and an address of e-mail that nobody has. */
  readonly 'POST /users': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly userId: string; readonly email: string; readonly name: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Changes a user’s name, address of e-mail, or both; a new address names the one that it replaces. */
  readonly 'PATCH /users/{userId}': {
    readonly path: { readonly userId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name?: string;
      readonly email?: string;
      readonly currentEmail?: string;
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Grants and revokes permissions of a user. */
  readonly 'POST /users/{userId}/permissions': {
    readonly path: { readonly userId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly grant?: readonly (
        | '*:view'
        | '*:commands'
        | '*:operations'
        | '*:administration'
        | 'bank:view'
        | 'bank:commands'
        | 'bank:operations'
        | 'bank:administration'
        | 'projects:view'
        | 'projects:commands'
        | 'projects:operations'
        | 'projects:administration'
        | 'templates:view'
        | 'templates:commands'
        | 'templates:operations'
        | 'templates:administration'
        | 'users:view'
        | 'users:commands'
        | 'users:operations'
        | 'users:administration'
      )[];
      readonly revoke?: readonly (
        | '*:view'
        | '*:commands'
        | '*:operations'
        | '*:administration'
        | 'bank:view'
        | 'bank:commands'
        | 'bank:operations'
        | 'bank:administration'
        | 'projects:view'
        | 'projects:commands'
        | 'projects:operations'
        | 'projects:administration'
        | 'templates:view'
        | 'templates:commands'
        | 'templates:operations'
        | 'templates:administration'
        | 'users:view'
        | 'users:commands'
        | 'users:operations'
        | 'users:administration'
      )[];
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Ends a user’s access and permissions, for good. */
  readonly 'POST /users/{userId}/deactivation': {
    readonly path: { readonly userId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason?: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Lists templates: searched, narrowed and sorted over all of them. */
  readonly 'GET /templates': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly state?: string | readonly string[];
      readonly tag?: string | readonly string[];
      readonly sort?: 'name' | 'createdAt' | 'changedAt';
      readonly dir?: 'asc' | 'desc';
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly templateId: string;
        readonly name: string;
        readonly description: string | null;
        readonly tags: readonly string[];
        readonly format: 'yaml' | 'json';
        readonly state: 'unvalidated' | 'valid' | 'invalid' | 'deprecated';
        readonly newestVersion: number;
        readonly parameters: number;
        readonly problems: number;
        readonly createdAt: string;
        readonly changedAt: string;
        readonly version: number;
      }[];
      readonly total: number;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly facets: {
        readonly state: readonly { readonly value: string; readonly count: number }[];
        readonly tag: readonly { readonly value: string; readonly count: number }[];
      };
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads a template with its versions, and the text of one of them. */
  readonly 'GET /templates/{templateId}': {
    readonly path: { readonly templateId: string };
    readonly query: {
      readonly shown?: number;
      readonly sequence?: number;
      readonly timeout?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly templateId: string;
      readonly deprecatedAt: string | null;
      readonly deprecationReason: string | null;
      readonly versions: readonly {
        readonly number: number;
        readonly name: string;
        readonly description: string | null;
        readonly tags: readonly string[];
        readonly format: 'yaml' | 'json';
        readonly validity: 'unknown' | 'valid' | 'invalid';
        readonly parameters: readonly {
          readonly name: string;
          readonly type: 'text' | 'number' | 'boolean';
          readonly description?: string;
          readonly default?: string;
          readonly allowed: readonly string[];
          readonly secret: boolean;
        }[];
        readonly problems: readonly {
          readonly message: string;
          readonly line?: number;
          readonly column?: number;
          readonly parameter?: string;
        }[];
        readonly bytes: number;
        readonly uploadedAt: string;
        readonly uploadedBy: string;
        readonly validatedAt: string | null;
      }[];
      readonly text: string;
      readonly shown: number;
      readonly version: number;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads what changed between two versions of a template. */
  readonly 'GET /templates/{templateId}/difference': {
    readonly path: { readonly templateId: string };
    readonly query: { readonly from: number; readonly to: number };
    readonly body: undefined;
    readonly answer: {
      readonly from: number;
      readonly to: number;
      readonly lines: readonly {
        readonly mark: 'same' | 'removed' | 'added';
        readonly text: string;
        readonly before: number | null;
        readonly after: number | null;
      }[];
      readonly parameters: {
        readonly added: readonly string[];
        readonly removed: readonly string[];
        readonly changed: readonly string[];
      };
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Uploads a template, or its next version. */
  readonly 'POST /templates': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly templateId: string;
      readonly name: string;
      readonly description?: string;
      readonly tags?: readonly string[];
      readonly format?: 'yaml' | 'json';
      readonly text: string;
      readonly parameters?: readonly {
        readonly name: string;
        readonly type?: 'text' | 'number' | 'boolean';
        readonly description?: string;
        readonly default?: string;
        readonly allowed?: readonly string[];
        readonly secret?: boolean;
      }[];
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Validates a template’s newest version. */
  readonly 'POST /templates/{templateId}/validation': {
    readonly path: { readonly templateId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Replaces the parameters of a template’s newest version. */
  readonly 'PATCH /templates/{templateId}/parameters': {
    readonly path: { readonly templateId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly parameters: readonly {
        readonly name: string;
        readonly type?: 'text' | 'number' | 'boolean';
        readonly description?: string;
        readonly default?: string;
        readonly allowed?: readonly string[];
        readonly secret?: boolean;
      }[];
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Deprecates a template, for good: no new project is created of it. */
  readonly 'POST /templates/{templateId}/deprecation': {
    readonly path: { readonly templateId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason?: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Lists clients: searched, filtered by field:operator:value and sorted by several fields. */
  readonly 'GET /crm/clients': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly filter?: string | readonly string[];
      readonly attention?: string | readonly string[];
      readonly sort?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly results: readonly Readonly<
        Record<string, string | number | boolean | readonly string[] | null>
      >[];
      readonly count: number;
      readonly countIsAtLeast: boolean;
      readonly next: string | null;
      readonly previous: string | null;
    };
  };
  /** Lists contracts: searched, filtered by field:operator:value and sorted by several fields. */
  readonly 'GET /crm/contracts': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly filter?: string | readonly string[];
      readonly attention?: string | readonly string[];
      readonly sort?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly results: readonly Readonly<
        Record<string, string | number | boolean | readonly string[] | null>
      >[];
      readonly count: number;
      readonly countIsAtLeast: boolean;
      readonly next: string | null;
      readonly previous: string | null;
    };
  };
  /** Lists deals: searched, filtered by field:operator:value and sorted by several fields. */
  readonly 'GET /crm/deals': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly filter?: string | readonly string[];
      readonly attention?: string | readonly string[];
      readonly sort?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly results: readonly Readonly<
        Record<string, string | number | boolean | readonly string[] | null>
      >[];
      readonly count: number;
      readonly countIsAtLeast: boolean;
      readonly next: string | null;
      readonly previous: string | null;
    };
  };
  /** Lists contacts: searched, filtered by field:operator:value and sorted by several fields. */
  readonly 'GET /crm/contacts': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly filter?: string | readonly string[];
      readonly attention?: string | readonly string[];
      readonly sort?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly results: readonly Readonly<
        Record<string, string | number | boolean | readonly string[] | null>
      >[];
      readonly count: number;
      readonly countIsAtLeast: boolean;
      readonly next: string | null;
      readonly previous: string | null;
    };
  };
  /** Reads a client as it came and as it is normalised. */
  readonly 'GET /crm/clients/{recordId}': {
    readonly path: { readonly recordId: string };
    readonly query: { readonly sequence?: number; readonly timeout?: number };
    readonly body: undefined;
    readonly answer: {
      readonly entity: {
        readonly recordId: string;
        readonly title: string;
        readonly values: Readonly<
          Record<string, string | number | boolean | readonly string[] | null>
        >;
        readonly errors: Readonly<Record<string, string>>;
        readonly isDeleted: boolean;
        readonly needsReading: boolean;
        readonly changedAt: string;
        readonly version: number;
      };
      readonly raw: Readonly<Record<string, unknown>>;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads a contract as it came and as it is normalised. */
  readonly 'GET /crm/contracts/{recordId}': {
    readonly path: { readonly recordId: string };
    readonly query: { readonly sequence?: number; readonly timeout?: number };
    readonly body: undefined;
    readonly answer: {
      readonly entity: {
        readonly recordId: string;
        readonly title: string;
        readonly values: Readonly<
          Record<string, string | number | boolean | readonly string[] | null>
        >;
        readonly errors: Readonly<Record<string, string>>;
        readonly isDeleted: boolean;
        readonly needsReading: boolean;
        readonly changedAt: string;
        readonly version: number;
      };
      readonly raw: Readonly<Record<string, unknown>>;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads a deal as it came and as it is normalised. */
  readonly 'GET /crm/deals/{recordId}': {
    readonly path: { readonly recordId: string };
    readonly query: { readonly sequence?: number; readonly timeout?: number };
    readonly body: undefined;
    readonly answer: {
      readonly entity: {
        readonly recordId: string;
        readonly title: string;
        readonly values: Readonly<
          Record<string, string | number | boolean | readonly string[] | null>
        >;
        readonly errors: Readonly<Record<string, string>>;
        readonly isDeleted: boolean;
        readonly needsReading: boolean;
        readonly changedAt: string;
        readonly version: number;
      };
      readonly raw: Readonly<Record<string, unknown>>;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads a contact as it came and as it is normalised. */
  readonly 'GET /crm/contacts/{recordId}': {
    readonly path: { readonly recordId: string };
    readonly query: { readonly sequence?: number; readonly timeout?: number };
    readonly body: undefined;
    readonly answer: {
      readonly entity: {
        readonly recordId: string;
        readonly title: string;
        readonly values: Readonly<
          Record<string, string | number | boolean | readonly string[] | null>
        >;
        readonly errors: Readonly<Record<string, string>>;
        readonly isDeleted: boolean;
        readonly needsReading: boolean;
        readonly changedAt: string;
        readonly version: number;
      };
      readonly raw: Readonly<Record<string, unknown>>;
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Takes a change event of the CRM, or a list of them, in any of the three envelopes. */
  readonly 'POST /crm/events': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: unknown;
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Takes a record as the CRM’s REST API has it, or a list of them. */
  readonly 'POST /crm/records/{entityName}': {
    readonly path: { readonly entityName: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body:
      | {
          readonly Id: string;
          readonly SystemModstamp?: unknown;
          readonly LastModifiedDate?: unknown;
        }
      | readonly {
          readonly Id: string;
          readonly SystemModstamp?: unknown;
          readonly LastModifiedDate?: unknown;
        }[];
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Says of a refused message that it needs no more attention, and why. */
  readonly 'POST /crm/messages/{messageId}/settlement': {
    readonly path: { readonly messageId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Lists projects: searched, narrowed and sorted over all of them. */
  readonly 'GET /projects': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly q?: string;
      readonly status?: string | readonly string[];
      readonly template?: string | readonly string[];
      readonly kind?: string | readonly string[];
      readonly sort?: 'name' | 'services' | 'createdAt' | 'changedAt';
      readonly dir?: 'asc' | 'desc';
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly projectId: string;
        readonly name: string;
        readonly description: string | null;
        readonly status: 'active' | 'archived';
        readonly templateId: string | null;
        readonly templateVersion: number | null;
        readonly services: number;
        readonly links: number;
        readonly createdAt: string;
        readonly createdBy: string;
        readonly changedAt: string;
        readonly archivedAt: string | null;
        readonly archiveReason: string | null;
        readonly version: number;
      }[];
      readonly total: number;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly facets: {
        readonly status: readonly { readonly value: string; readonly count: number }[];
        readonly template: readonly { readonly value: string; readonly count: number }[];
        readonly kind: readonly { readonly value: string; readonly count: number }[];
      };
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Reads a project from its view; its services are in its state. */
  readonly 'GET /projects/{projectId}': {
    readonly path: { readonly projectId: string };
    readonly query: { readonly sequence?: number; readonly timeout?: number };
    readonly body: undefined;
    readonly answer: {
      readonly project: {
        readonly projectId: string;
        readonly name: string;
        readonly description: string | null;
        readonly status: 'active' | 'archived';
        readonly templateId: string | null;
        readonly templateVersion: number | null;
        readonly services: number;
        readonly links: number;
        readonly createdAt: string;
        readonly createdBy: string;
        readonly changedAt: string;
        readonly archivedAt: string | null;
        readonly archiveReason: string | null;
        readonly version: number;
        readonly configuration: Readonly<Record<string, string>>;
        readonly templateValues: Readonly<Record<string, string>>;
      };
      readonly freshness: {
        readonly projection: string;
        readonly position: number;
        readonly head: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
      };
    };
  };
  /** Creates a project, of a template or empty. */
  readonly 'POST /projects': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly projectId: string;
      readonly name: string;
      readonly description?: string;
      readonly templateId?: string;
      readonly parameters?: Readonly<Record<string, string>>;
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Adds a service to a project. */
  readonly 'POST /projects/{projectId}/services': {
    readonly path: { readonly projectId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
      readonly kind: string;
      readonly configuration?: Readonly<Record<string, string>>;
      readonly links?: readonly string[];
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Removes a service that no other uses. */
  readonly 'DELETE /projects/{projectId}/services/{name}': {
    readonly path: { readonly projectId: string; readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Lets a service use another. */
  readonly 'POST /projects/{projectId}/links': {
    readonly path: { readonly projectId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly from: string; readonly to: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Ends that a service uses another. */
  readonly 'DELETE /projects/{projectId}/links/{from}/{to}': {
    readonly path: { readonly projectId: string; readonly from: string; readonly to: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Changes the configuration of a project, or of one of its services. */
  readonly 'PATCH /projects/{projectId}/configuration': {
    readonly path: { readonly projectId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly service?: string;
      readonly set?: Readonly<Record<string, string>>;
      readonly remove?: readonly string[];
    };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Archives a project, for good. */
  readonly 'POST /projects/{projectId}/archival': {
    readonly path: { readonly projectId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason?: string };
    readonly answer: {
      readonly commandId: string;
      readonly tokens: readonly { readonly aggregateId: string; readonly sequence: number }[];
      readonly duplicate: boolean;
    };
  };
  /** Lists the events of all modules, newest first: searched and narrowed. */
  readonly 'GET /events': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly type?: string | readonly string[];
      readonly of?: string | readonly string[];
      readonly actor?: string | readonly string[];
      readonly aggregateId?: string;
      readonly accountId?: string;
      readonly correlationId?: string;
      readonly q?: string;
      readonly from?: string;
      readonly to?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly position: number | null;
        readonly eventId: string;
        readonly aggregateId: string;
        readonly eventSequence: number;
        readonly eventType: string;
        readonly eventData: Readonly<Record<string, unknown>>;
        readonly correlationId: string;
        readonly causationId: string;
        readonly timestamp: string;
        readonly version: number;
        readonly metadata: {
          readonly actor: string;
          readonly commandId: string;
          readonly commandType: string;
        };
      }[];
      readonly total: number;
      readonly atLeast: boolean;
      readonly note: string | null;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly facets: {
        readonly aggregateType: readonly { readonly value: string; readonly count: number }[];
        readonly eventType: readonly { readonly value: string; readonly count: number }[];
        readonly actor: readonly { readonly value: string; readonly count: number }[];
      };
      readonly head: number;
    };
  };
  /** Reads an event: as it was read, as it lies in the store, and its neighbours. */
  readonly 'GET /events/{eventId}': {
    readonly path: { readonly eventId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly event: {
        readonly position: number | null;
        readonly eventId: string;
        readonly aggregateId: string;
        readonly eventSequence: number;
        readonly eventType: string;
        readonly eventData: Readonly<Record<string, unknown>>;
        readonly correlationId: string;
        readonly causationId: string;
        readonly timestamp: string;
        readonly version: number;
        readonly metadata: {
          readonly actor: string;
          readonly commandId: string;
          readonly commandType: string;
        };
      };
      readonly arrivedAt: string;
      readonly rawItem: Readonly<Record<string, unknown>> | null;
      readonly origin: 'recorded' | 'not-recorded' | 'unknown';
      readonly previousEventId: string | null;
      readonly nextEventId: string | null;
      readonly together: readonly {
        readonly position: number | null;
        readonly eventId: string;
        readonly aggregateId: string;
        readonly eventSequence: number;
        readonly eventType: string;
        readonly eventData: Readonly<Record<string, unknown>>;
        readonly correlationId: string;
        readonly causationId: string;
        readonly timestamp: string;
        readonly version: number;
        readonly metadata: {
          readonly actor: string;
          readonly commandId: string;
          readonly commandType: string;
        };
      }[];
    };
  };
  /** Lists the events of an aggregate from the event store, newest first. */
  readonly 'GET /aggregates/{type}/{id}/events': {
    readonly path: { readonly type: string; readonly id: string };
    readonly query: { readonly cursor?: string; readonly limit?: number };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly (
        | {
            readonly position: number | null;
            readonly eventId: string;
            readonly aggregateId: string;
            readonly eventSequence: number;
            readonly eventType: string;
            readonly eventData: Readonly<Record<string, unknown>>;
            readonly correlationId: string;
            readonly causationId: string;
            readonly timestamp: string;
            readonly version: number;
            readonly metadata: {
              readonly actor: string;
              readonly commandId: string;
              readonly commandType: string;
            };
          }
        | {
            readonly eventSequence: number;
            readonly unreadable: string;
            readonly rawItem: string | null;
          }
      )[];
      readonly version: number;
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
    };
  };
  /** Folds an aggregate: as it is, after an event, or as it was at a time. */
  readonly 'GET /aggregates/{type}/{id}/state': {
    readonly path: { readonly type: string; readonly id: string };
    readonly query: { readonly sequence?: number; readonly time?: string };
    readonly body: undefined;
    readonly answer: {
      readonly sequence: number;
      readonly event: {
        readonly position: number | null;
        readonly eventId: string;
        readonly aggregateId: string;
        readonly eventSequence: number;
        readonly eventType: string;
        readonly eventData: Readonly<Record<string, unknown>>;
        readonly correlationId: string;
        readonly causationId: string;
        readonly timestamp: string;
        readonly version: number;
        readonly metadata: {
          readonly actor: string;
          readonly commandId: string;
          readonly commandType: string;
        };
      } | null;
      readonly state: Readonly<Record<string, string>>;
    };
  };
  /** Lists commands with their outcomes, newest first. */
  readonly 'GET /commands': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly outcome?: 'accepted' | 'rejected';
      readonly type?: string | readonly string[];
      readonly actor?: string | readonly string[];
      readonly aggregate?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly commandId: string;
        readonly commandType: string;
        readonly actor: string;
        readonly outcome: 'accepted' | 'rejected';
        readonly origin: 'recorded' | 'not-recorded' | 'unknown';
        readonly at: string;
        readonly aggregateIds: readonly string[];
        readonly correlationId: string | null;
        readonly events: readonly {
          readonly position: number | null;
          readonly eventId: string;
          readonly aggregateId: string;
          readonly eventSequence: number;
          readonly eventType: string;
          readonly eventData: Readonly<Record<string, unknown>>;
          readonly correlationId: string;
          readonly causationId: string;
          readonly timestamp: string;
          readonly version: number;
          readonly metadata: {
            readonly actor: string;
            readonly commandId: string;
            readonly commandType: string;
          };
        }[];
        readonly rule: {
          readonly code: string;
          readonly sentence: string;
          readonly field: string | null;
        } | null;
        readonly missed: number;
      }[];
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
      readonly types: readonly string[];
      readonly actors: readonly string[];
      readonly problems: readonly string[];
    };
  };
  /** Reads how far the projections of PostgreSQL are behind. */
  readonly 'GET /lag/projections': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly head: number;
      readonly projections: readonly {
        readonly name: string;
        readonly version: number;
        readonly status:
          | 'running'
          | 'stuck'
          | 'blocked'
          | 'paused'
          | 'outdated'
          | 'rebuilding'
          | 'down'
          | 'unknown';
        readonly reason: string | null;
        readonly since: string | null;
        readonly position: number;
        readonly eventsBehind: number;
        readonly secondsBehind: number;
        readonly updatedAt: string | null;
        readonly worker: string | null;
      }[];
      readonly freshness: readonly {
        readonly view: string;
        readonly state: 'paused' | 'stopped' | 'stuck' | 'unknown' | 'blocked' | 'behind' | 'fresh';
        readonly eventsBehind: number | null;
        readonly atLeast: boolean;
        readonly behindSince: string | null;
        readonly thresholdSeconds: number | null;
        readonly reason: string | null;
        readonly since: string | null;
      }[];
    };
  };
  /** Reads how far the consumers of the stream are behind. */
  readonly 'GET /lag/consumers': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly consumers: readonly {
        readonly name: string;
        readonly shardId: string;
        readonly status:
          | 'running'
          | 'stuck'
          | 'blocked'
          | 'outdated'
          | 'paused'
          | 'down'
          | 'unknown';
        readonly reason: string | null;
        readonly checkpoint: string | null;
        readonly eventsBehind: number | null;
        readonly atLeast: boolean;
        readonly secondsBehind: number | null;
        readonly updatedAt: string | null;
        readonly error: string | null;
        readonly worker: string | null;
      }[];
    };
  };
  /** Lists events that failed for good, in groups of one mistake. */
  readonly 'GET /dead-letters': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly projection?: string;
      readonly category?:
        | 'unknown-type'
        | 'unreadable'
        | 'gap'
        | 'conflict'
        | 'constraint'
        | 'handler';
      readonly eventType?: string;
      readonly untyped?: string;
      readonly errorGroup?: string;
      readonly aggregateId?: string;
      readonly state?: 'waiting' | 'skipped';
    };
    readonly body: undefined;
    readonly answer: {
      readonly causes: readonly {
        readonly id: string;
        readonly projection: string;
        readonly category: string;
        readonly eventType: string | null;
        readonly errorGroup: string;
        readonly count: number;
        readonly atLeast: boolean;
        readonly waiting: number | null;
        readonly firstFailedAt: string;
        readonly lastFailedAt: string;
      }[];
      readonly total: number;
      readonly atLeast: boolean;
      readonly hasMore: boolean;
      readonly facets: {
        readonly projection: readonly { readonly value: string; readonly count: number }[];
        readonly category: readonly { readonly value: string; readonly count: number }[];
        readonly eventType: readonly { readonly value: string; readonly count: number }[];
      };
      readonly problems: readonly string[];
    };
  };
  /** Lists the rebuilds of a projection, newest first. */
  readonly 'GET /rebuilds': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: { readonly projection: string };
    readonly body: undefined;
    readonly answer: {
      readonly projection: string;
      readonly place: 'postgresql' | 'dynamodb' | 'journal';
      readonly codeVersion: number | null;
      readonly items: readonly {
        readonly id: number;
        readonly projection: string;
        readonly kind: 'rebuild' | 'rollback' | 'bus';
        readonly status:
          | 'running'
          | 'ready'
          | 'swapped'
          | 'discarded'
          | 'failed'
          | 'cancelled'
          | 'unknown';
        readonly fromVersion: number;
        readonly version: number;
        readonly startPosition: number;
        readonly position: number;
        readonly target: number;
        readonly rate: number | null;
        readonly secondsLeft: number | null;
        readonly error: {
          readonly message: string;
          readonly event: {
            readonly position: number;
            readonly aggregateId: string;
            readonly eventSequence: number;
            readonly eventType: string;
          } | null;
        } | null;
        readonly worker: string | null;
        readonly requestedBy: string;
        readonly startedAt: string;
        readonly updatedAt: string;
        readonly previous: { readonly version: number; readonly position: number } | null;
      }[];
      readonly kept: {
        readonly id: number;
        readonly projection: string;
        readonly kind: 'rebuild' | 'rollback' | 'bus';
        readonly status:
          | 'running'
          | 'ready'
          | 'swapped'
          | 'discarded'
          | 'failed'
          | 'cancelled'
          | 'unknown';
        readonly fromVersion: number;
        readonly version: number;
        readonly startPosition: number;
        readonly position: number;
        readonly target: number;
        readonly rate: number | null;
        readonly secondsLeft: number | null;
        readonly error: {
          readonly message: string;
          readonly event: {
            readonly position: number;
            readonly aggregateId: string;
            readonly eventSequence: number;
            readonly eventType: string;
          } | null;
        } | null;
        readonly worker: string | null;
        readonly requestedBy: string;
        readonly startedAt: string;
        readonly updatedAt: string;
        readonly previous: { readonly version: number; readonly position: number } | null;
      } | null;
      readonly journal: {
        readonly isComplete: boolean;
        readonly eventsRead: number;
        readonly eventsInserted: number;
        readonly startedAt: string | null;
        readonly completedAt: string | null;
        readonly worker: string | null;
      } | null;
    };
  };
  /** Lists what operators have asked for, newest first. */
  readonly 'GET /operations': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly kind?: string | readonly string[];
      readonly status?: string | readonly string[];
      readonly subject?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly kind: string;
        readonly subject: string;
        readonly input: Readonly<Record<string, unknown>>;
        readonly reason: string | null;
        readonly requestedBy: string;
        readonly requestedFrom: string | null;
        readonly requestedAt: string;
        readonly status: 'queued' | 'running' | 'done' | 'failed' | 'interrupted';
        readonly worker: string | null;
        readonly startedAt: string | null;
        readonly endedAt: string | null;
        readonly progress: { readonly done: number; readonly total: number | null } | null;
        readonly result: unknown;
        readonly error: { readonly code: string; readonly message: string } | null;
      }[];
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
    };
  };
  /** Reads what an operator has asked for, and what has come of it. */
  readonly 'GET /operations/{operationId}': {
    readonly path: { readonly operationId: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly subject: string;
      readonly input: Readonly<Record<string, unknown>>;
      readonly reason: string | null;
      readonly requestedBy: string;
      readonly requestedFrom: string | null;
      readonly requestedAt: string;
      readonly status: 'queued' | 'running' | 'done' | 'failed' | 'interrupted';
      readonly worker: string | null;
      readonly startedAt: string | null;
      readonly endedAt: string | null;
      readonly progress: { readonly done: number; readonly total: number | null } | null;
      readonly result: unknown;
      readonly error: { readonly code: string; readonly message: string } | null;
    };
  };
  /** Asks for an operation, which a worker carries out: pause, resume, retry, skip, rebuild, swap, repair, reconcile. */
  readonly 'POST /operations': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly kind:
        | 'pause-projection'
        | 'resume-projection'
        | 'retry-dead-letters'
        | 'skip-dead-letter'
        | 'estimate-rebuild'
        | 'rebuild'
        | 'cancel-rebuild'
        | 'compare-rebuild'
        | 'swap-rebuild'
        | 'discard-rebuild'
        | 'roll-back'
        | 'discard-previous'
        | 'repair'
        | 'reconcile'
        | 'set-lag-threshold'
        | 'reset-lag-threshold'
        | 'acknowledge-alert'
        | 'snooze-alert'
        | 'show-alert-again'
        | 'restart-worker'
        | 'pause-webhook'
        | 'resume-webhook'
        | 'replay-webhook'
        | 'redeliver-webhook';
      readonly input: Readonly<Record<string, unknown>>;
      readonly reason?: string;
    };
    readonly answer: { readonly id: string };
  };
  /** Lists where events are sent, by name, and how far that has come. */
  readonly 'GET /webhooks': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly name: string;
        readonly url: string;
        readonly sends: string;
        readonly aggregateTypes: readonly string[];
        readonly eventTypes: readonly string[];
        readonly status: string;
        readonly position: number;
        readonly behind: number;
        readonly attempts: number;
        readonly failingSince: string | null;
        readonly lastError: string | null;
        readonly nextAttemptAt: string | null;
      }[];
    };
  };
  /** Reads a webhook. */
  readonly 'GET /webhooks/{name}': {
    readonly path: { readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly name: string;
      readonly url: string;
      readonly sends: string;
      readonly aggregateTypes: readonly string[];
      readonly eventTypes: readonly string[];
      readonly status: string;
      readonly position: number;
      readonly behind: number;
      readonly attempts: number;
      readonly failingSince: string | null;
      readonly lastError: string | null;
      readonly nextAttemptAt: string | null;
    };
  };
  /** Lists the attempts to send events of the last 30 days, newest first. */
  readonly 'GET /webhooks/{name}/deliveries': {
    readonly path: { readonly name: string };
    readonly query: { readonly cursor?: string; readonly limit?: number };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: number;
        readonly position: number;
        readonly eventId: string;
        readonly eventType: string;
        readonly aggregateId: string;
        readonly attempt: number;
        readonly outcome: string;
        readonly httpStatus: number | null;
        readonly error: string | null;
        readonly milliseconds: number;
        readonly at: string;
      }[];
      readonly nextCursor: string | null;
      readonly previousCursor: string | null;
    };
  };
  /** Counts what a replay would send, behind a position of the journal or since a time. */
  readonly 'GET /webhooks/{name}/replay': {
    readonly path: { readonly name: string };
    readonly query: { readonly position?: number; readonly since?: string };
    readonly body: undefined;
    readonly answer: {
      readonly position: number;
      readonly events: number;
      readonly atLeast: boolean;
    };
  };
  /** Makes a webhook, which is sent what comes from now on. Its secret is said this once; to AWS there is none. */
  readonly 'POST /webhooks': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
      readonly url: string;
      readonly sends?: 'events' | 'entities';
      readonly aggregateTypes?: readonly string[];
      readonly eventTypes?: readonly string[];
    };
    readonly answer: { readonly name: string; readonly secret: string | null };
  };
  /** Gives a webhook a new secret, said this once; the one before signs beside it for a day. */
  readonly 'POST /webhooks/{name}/rotate': {
    readonly path: { readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: { readonly name: string; readonly secret: string };
  };
  /** Changes where a webhook sends, or what; events that were sent are not sent again. */
  readonly 'PATCH /webhooks/{name}': {
    readonly path: { readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly url?: string;
      readonly aggregateTypes?: readonly string[];
      readonly eventTypes?: readonly string[];
      readonly reason: string;
    };
    readonly answer: { readonly id: string };
  };
  /** Deletes a webhook with its log. */
  readonly 'DELETE /webhooks/{name}': {
    readonly path: { readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason: string };
    readonly answer: { readonly id: string };
  };
  /** Stops a webhook until it is resumed; nothing is lost by it. */
  readonly 'POST /webhooks/{name}/pause': {
    readonly path: { readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason: string };
    readonly answer: { readonly id: string };
  };
  /** Lets a webhook that was paused or disabled go on where it stood. */
  readonly 'POST /webhooks/{name}/resume': {
    readonly path: { readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly reason: string };
    readonly answer: { readonly id: string };
  };
  /** Sends the event at a position of the journal again, now. */
  readonly 'POST /webhooks/{name}/redeliver': {
    readonly path: { readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly position: number; readonly reason: string };
    readonly answer: { readonly id: string };
  };
  /** Sends everything behind a position of the journal again. */
  readonly 'POST /webhooks/{name}/replay': {
    readonly path: { readonly name: string };
    readonly query: Readonly<Record<string, never>>;
    readonly body: { readonly position: number; readonly reason: string };
    readonly answer: { readonly id: string };
  };
  /** Describes the API: OpenAPI 3.1. */
  readonly 'GET /openapi.json': {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Readonly<Record<string, unknown>>;
  };
};
