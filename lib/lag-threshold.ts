/** From how many seconds behind a view is a cause for attention, where no operator has said otherwise. */
export const DEFAULT_LAG_THRESHOLD_SECONDS = 30;

/** The largest threshold that can be set: DynamoDB Streams forget what is older. */
export const MOST_LAG_THRESHOLD_SECONDS = 86_400;
