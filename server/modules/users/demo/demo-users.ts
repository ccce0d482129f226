/** The users of the demo: who registered, how many days before its end. By ids that say nothing of them. */
export const DEMO_USERS = [
  { id: 'user-001', name: 'Marta Lindqvist', mailbox: 'marta.lindqvist', daysBefore: 44 },
  { id: 'user-002', name: 'Tobias Brandt', mailbox: 'tobias.brandt', daysBefore: 44 },
  { id: 'user-003', name: 'Ines Carvalho', mailbox: 'ines.carvalho', daysBefore: 43 },
  { id: 'user-004', name: 'Hana Dvořáková', mailbox: 'hana.dvorakova', daysBefore: 42 },
  { id: 'user-005', name: 'Samuel Adeyemi', mailbox: 'treasury', daysBefore: 41 },
  { id: 'user-006', name: 'Léa Fontaine', mailbox: 'lea.fontaine', daysBefore: 39 },
  { id: 'user-007', name: 'Piotr Wiśniewski', mailbox: 'piotr.wisniewski', daysBefore: 36 },
  { id: 'user-008', name: '佐々木 恵', mailbox: 'kei.sasaki', daysBefore: 33 },
  { id: 'user-009', name: 'Owen Gallagher', mailbox: 'owen.gallagher', daysBefore: 30 },
  { id: 'user-010', name: 'Salma Haddad', mailbox: 'salma.haddad', daysBefore: 24 },
  { id: 'user-011', name: 'Audit (external)', mailbox: 'audit', daysBefore: 20 },
  { id: 'user-012', name: 'Greta Sørensen', mailbox: 'treasury', daysBefore: 8 },
] as const;

export type DemoUserId = (typeof DEMO_USERS)[number]['id'];

/** An address of the demo: of a domain that nobody can have. */
export function toDemoEmail(mailbox: string): string {
  return `${mailbox}@playhead.example`;
}
