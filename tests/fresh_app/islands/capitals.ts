/** A helper beside islands is no island. */
export function capitals(text: string): string {
  return text.toUpperCase();
}

export const NOT_A_FUNCTION = 1;
