const themes = ['auto', 'light', 'dark'] as const;
const key = 'docket-theme';

/** The button goes round the themes; the choice is kept where the browser keeps things. */
export function openTheme(): void {
  const button = document.querySelector<HTMLButtonElement>('#theme');
  if (!button) return;
  let theme = themes.find((each) => each === recall()) ?? 'auto';
  const show = (): void => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
    show();
    remember(theme);
  });
  show();
}

// A page from a file, or in a private window, may have no place to keep things.
function recall(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // It holds for this page then.
  }
}
