/** What pausing and resuming do, for the dialog that asks. */
export const RESUME_EFFECT = 'It goes on where it stands, and catches up. No event is left out.';
export const PAUSE_EFFECT =
  'It stands still after the batch in hand, until it is resumed, also when workers start again. The journal and all other projections go on. Pages that read it say that it is paused and how much waits.';
export const PAUSE_HOT_EFFECT =
  'No view in DynamoDB takes in an event from the stream until they are resumed, also when workers start again. The journal and the projections in PostgreSQL go on. What the stream forgets meanwhile is caught up from the event store.';
