/** Names of columns that are all different: of those with the same key, from the second on a number stands behind. */
export function distinctNames(
  names: readonly string[],
  keyOf: (name: string) => string = (name) => name,
): string[] {
  const taken = new Set<string>();
  return names.map((wanted) => {
    let name = wanted;
    for (let twin = 2; taken.has(keyOf(name)); twin++) name = `${wanted} ${twin}`;
    taken.add(keyOf(name));
    return name;
  });
}
