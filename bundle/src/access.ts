/** Who may see the values of a dataset, from open to closed. Values of what is not `public` are never saved in a notebook. */
export const ACCESS_LABELS = ["public", "internal", "sensitive"] as const;

/** An access label; see {@link ACCESS_LABELS}. */
export type Access = (typeof ACCESS_LABELS)[number];

/** The strictest of the given labels; `public` when there are none. A derived column takes the strictest of its sources. */
export function strictest(labels: Iterable<Access>): Access {
  let rank = 0;
  for (const label of labels) rank = Math.max(rank, ACCESS_LABELS.indexOf(label));
  return ACCESS_LABELS[rank] ?? "sensitive";
}

/** Whether a value is an access label. */
export function isAccess(value: unknown): value is Access {
  return ACCESS_LABELS.some((label) => label === value);
}
