/** An event store without any event, for those who are handed all that they need. */
export const EMPTY_STORE = { read: async () => [], getRawItem: async () => undefined };
