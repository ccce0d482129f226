import {
  type Icon,
  IconActivity,
  IconBuildingBank,
  IconLayoutDashboard,
  IconStack2,
} from '@tabler/icons-react';

export type Page = {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  readonly keys: string;
};

/** The console's pages in the order of the navigation. */
export const PAGES: readonly Page[] = [
  { href: '/', label: 'Overview', icon: IconLayoutDashboard, keys: 'g o' },
  { href: '/accounts', label: 'Accounts', icon: IconBuildingBank, keys: 'g a' },
  { href: '/events', label: 'Events', icon: IconActivity, keys: 'g e' },
  { href: '/projections', label: 'Projections', icon: IconStack2, keys: 'g p' },
];

/** Whether `pathname` lies in the page at `href`. */
export function isWithin(pathname: string, href: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
