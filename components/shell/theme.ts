import {
  type CSSVariablesResolver,
  createTheme,
  type DrawerFactory,
  type ExtendComponent,
  type MantineColorsTuple,
  type ModalFactory,
  Tooltip,
} from '@mantine/core';
import classes from './theme.module.css';

const petrol: MantineColorsTuple = [
  '#e9f6f8',
  '#d2ebef',
  '#a5d6de',
  '#74bfcb',
  '#4ba9b8',
  '#2d94a5',
  '#1b8093',
  '#116b7d',
  '#0d5767',
  '#093f4b',
];

/** Greys with a little of the accent's hue, so that surfaces and text belong together. */
const gray: MantineColorsTuple = [
  '#f7f9fa',
  '#f0f3f5',
  '#e6ebee',
  '#dbe2e6',
  '#cbd4d9',
  '#aab6bd',
  '#7d8b94',
  '#52616a',
  '#36444d',
  '#1d2930',
];

const dark: MantineColorsTuple = [
  '#dde5e9',
  '#b9c5cc',
  '#93a3ad',
  '#6b7b85',
  '#37464e',
  '#27333a',
  '#1c262b',
  '#151d21',
  '#0e1417',
  '#090e10',
];

/** A dialog's header is no banner of the page, and its close button has a name. */
const dialog = {
  attributes: { header: { role: 'presentation' } },
  closeButtonProps: { 'aria-label': 'Close' },
};

// Not Modal.extend and Drawer.extend: they would bring both into every page's first load.
const modal: ExtendComponent<ModalFactory> = {
  defaultProps: { ...dialog, radius: 'lg', overlayProps: { backgroundOpacity: 0.4 } },
  classNames: { title: classes.dialogTitle },
};
const drawer: ExtendComponent<DrawerFactory> = { defaultProps: dialog };

/** The console's look for Mantine's components. */
export const theme = createTheme({
  colors: { petrol, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  black: '#16232a',
  fontFamily: 'var(--font-geist-sans), system-ui, sans-serif',
  fontFamilyMonospace: 'var(--font-geist-mono), ui-monospace, monospace',
  headings: { fontFamily: 'var(--font-geist-sans), system-ui, sans-serif', fontWeight: '600' },
  fontSizes: {
    xs: '0.75rem',
    sm: '0.8438rem',
    md: '0.9063rem',
    lg: '1.0625rem',
    xl: '1.25rem',
  },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '24px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: modal,
    Drawer: drawer,
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 150, multiline: true, maw: 340 } }),
  },
});

/** Colours that Mantine has no word for: surfaces, and tones that keep 4.5:1 in both schemes. */
export const toCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#586771',
    '--mantine-color-placeholder': '#66747d',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-red-light-color': '#b3261e',
    '--mantine-color-yellow-light-color': '#7d4b00',
    '--mantine-color-green-light-color': '#1b6533',
    '--ph-canvas': '#f4f6f7',
    '--ph-surface': '#ffffff',
    '--ph-sunken': '#f7f9fa',
    '--ph-hover': '#f0f5f6',
    '--ph-selected': '#e3f1f4',
    '--ph-border': '#e1e7ea',
    '--ph-shadow': '0 1px 2px rgb(16 36 44 / 4%)',
    '--ph-muted-text': '#52616a',
    '--ph-good-text': '#1b6533',
    '--ph-good-bg': '#e4f4e8',
    '--ph-good-dot': '#37a354',
    '--ph-warn-text': '#7d4b00',
    '--ph-warn-bg': '#fdf1d9',
    '--ph-warn-dot': '#dd960c',
    '--ph-bad-text': '#b3261e',
    '--ph-bad-bg': '#fdeceb',
    '--ph-bad-dot': '#dd3a31',
    '--ph-neutral-text': '#4b5a63',
    '--ph-neutral-bg': '#ebeff1',
    '--ph-neutral-dot': '#8a99a2',
    '--ph-accent-text': '#0d5767',
    '--ph-accent-bg': '#e1f1f4',
    '--ph-accent-dot': '#1b8093',
    '--ph-chart-1': '#1b8093',
    '--ph-chart-2': '#7357c9',
    '--ph-chart-3': '#c9701a',
    '--ph-chart-4': '#4d8a2e',
  },
  dark: {
    '--mantine-color-dimmed': '#97a7b1',
    '--mantine-color-placeholder': '#8696a0',
    '--mantine-color-error': '#ff9a92',
    '--ph-canvas': '#0e1417',
    '--ph-surface': '#151d21',
    '--ph-sunken': '#10181b',
    '--ph-hover': '#1b262b',
    '--ph-selected': '#17303a',
    '--ph-border': '#263239',
    '--ph-shadow': 'none',
    '--ph-muted-text': '#a6b5be',
    '--ph-good-text': '#82d598',
    '--ph-good-bg': '#142e1e',
    '--ph-good-dot': '#3fb862',
    '--ph-warn-text': '#f0bf62',
    '--ph-warn-bg': '#33270f',
    '--ph-warn-dot': '#e0a526',
    '--ph-bad-text': '#ff9a92',
    '--ph-bad-bg': '#381b1a',
    '--ph-bad-dot': '#f0625a',
    '--ph-neutral-text': '#b4c1c9',
    '--ph-neutral-bg': '#222d33',
    '--ph-neutral-dot': '#7b8b95',
    '--ph-accent-text': '#84d0dc',
    '--ph-accent-bg': '#12313a',
    '--ph-accent-dot': '#3ba3b5',
    '--ph-chart-1': '#4ba9b8',
    '--ph-chart-2': '#a08bea',
    '--ph-chart-3': '#e59a4f',
    '--ph-chart-4': '#8cc46a',
  },
});
