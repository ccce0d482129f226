import { Anchor } from '@mantine/core';
import Link from 'next/link';

/** Says what becomes of a transfer that was proposed, and where. */
export function ProposedNotice() {
  return (
    <>
      It is booked when somebody else approves it:{' '}
      <Anchor component={Link} href="/transfers?status=proposed" inherit>
        transfers to approve
      </Anchor>
    </>
  );
}
