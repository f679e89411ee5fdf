/** One text parameter of a link, left out when it is missing or no text. */
export function text<K extends string>(search: Record<string, unknown>, key: K): { [P in K]?: string } {
  const value = search[key];
  if (typeof value === "number") return { [key]: String(value) } as { [P in K]?: string };
  return (typeof value === "string" && value ? { [key]: value } : {}) as { [P in K]?: string };
}
