/** What an attribute measures, without the words with which every heading of a census table ends. */
export const plainDescription = (description: string) => description.replace(/; measures: Value$/, "");
