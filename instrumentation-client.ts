import { keepNavigation } from '#components/shell/keep-navigation.ts';

/** Next calls it when a navigation begins, whoever began it. */
export const onRouterTransitionStart = keepNavigation;
