/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
  moduleNameMapper: {
    "^originproof$": "<rootDir>/lib/index.ts",
    "^originproof/jest$": "<rootDir>/lib/jest/index.ts",
    "^originproof/aws$": "<rootDir>/lib/firewall/aws/index.ts",
    "^originproof/review$": "<rootDir>/lib/review/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "cdktf\\.out"],
  globalSetup: "<rootDir>/test/support/temporary-folder.cjs",
  globalTeardown: "<rootDir>/test/support/remove-temporary-folder.cjs",
  testTimeout: 60_000,
};
