/** One text parameter of a link, left out when it is missing or no text. */
export function text<K extends string>(search: Record<string, unknown>, key: K): { [P in K]?: string } {
  const value = search[key];
  if (typeof value === "number") return { [key]: String(value) } as { [P in K]?: string };
  return (typeof value === "string" && value ? { [key]: value } : {}) as { [P in K]?: string };
}

/** One parameter of a link that knows only these values; anything else is left out. */
export function oneOf<K extends string, V extends string>(
  search: Record<string, unknown>,
  key: K,
  values: readonly V[],
): { [P in K]?: V } {
  const found = values.find((value) => value === search[key]);
  return (found === undefined ? {} : { [key]: found }) as { [P in K]?: V };
}
