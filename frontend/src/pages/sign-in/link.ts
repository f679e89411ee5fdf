/** The token in a pasted sign-in link, or the token itself; null for anything else. */
export function tokenIn(text: string): string | null {
  const trimmed = text.trim();
  const found = /\/sign-in\/([A-Za-z0-9_-]{10,100})\/?$/.exec(trimmed)?.[1];
  if (found) return found;
  return /^[A-Za-z0-9_-]{20,100}$/.test(trimmed) ? trimmed : null;
}
