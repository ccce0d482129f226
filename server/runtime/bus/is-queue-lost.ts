const NAMES = new Set([
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'NotFoundException',
]);

/** Whether SNS or SQS says that a queue or a topic is not there (any more). */
export function isQueueLost(error: unknown): boolean {
  return error instanceof Error && NAMES.has(error.name);
}
