/** How much of each event the timeline shows. */
export const DENSITIES = ['full', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];
