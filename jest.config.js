/** Jest over TypeScript as ES modules. oxc strips the types: TypeScript 7 has no JavaScript API to do it. */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/test/support/transform.js" },
  moduleNameMapper: {
    "^@tombolo/bundle/(.*)$": "<rootDir>/bundle/src/$1.ts",
    "^@tombolo/bundle$": "<rootDir>/bundle/src/index.ts",
    "^tombolo$": "<rootDir>/kernel/src/index.ts",
  },
  testTimeout: 30_000,
  maxWorkers: 2,
};
