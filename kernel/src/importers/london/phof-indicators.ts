/** Names of the indicators in the workbook of November 2015, as the publisher writes them. */
export const phofIndicators: readonly string[] = [];
