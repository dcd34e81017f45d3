/** The page's looks: one accent, system fonts, and contrast of at least 4.5 to 1 in light and dark. */
import {
  ActionIcon,
  Button,
  createTheme,
  type CSSVariablesResolver,
  Menu,
  Modal,
  Portal,
  Tooltip,
} from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontWeight: '600' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } }),
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Menu: Menu.extend({
      defaultProps: {
        shadow: 'md',
        position: 'bottom-start',
        width: 260,
        // Its first item has the focus: nothing in a menu may be anything else than an item.
        withInitialFocusPlaceholder: false,
      },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    // In a landmark, like all that is on the page (`shell.tsx`).
    Portal: Portal.extend({ defaultProps: { target: '#overlays' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
  },
})

/** The design system's own greys for secondary texts are too faint to be read by all. */
export const colors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#545b63',
    '--mantine-color-placeholder': '#646c75',
    '--mantine-color-gray-light-color': '#343a40',
    '--studio-surface': '#ffffff',
    '--studio-ground': '#f4f5f7',
    '--studio-line': '#d9dde2',
    '--studio-accent': '#3b5bdb',
    '--studio-problem': '#b42318',
  },
  dark: {
    '--mantine-color-dimmed': '#adb1b8',
    '--mantine-color-placeholder': '#9aa0a8',
    '--mantine-color-body': '#17191c',
    '--mantine-color-gray-light-color': '#dee2e6',
    '--mantine-color-default': '#25292e',
    '--mantine-color-default-hover': '#2d3238',
    '--mantine-color-default-border': '#444b54',
    '--studio-surface': '#1e2125',
    '--studio-ground': '#131517',
    '--studio-line': '#363b42',
    '--studio-accent': '#91a7ff',
    '--studio-problem': '#ff9b8f',
  },
})
