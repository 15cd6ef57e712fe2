// What prettier and tsc do not see. Formatting is prettier's, undefined names and types are tsc's.

import js from "@eslint/js";
import globals from "globals";

/** Ways for the officer's text to leave the page, or for text to become markup or code. None of them belongs in what a form embeds. */
const FORBIDDEN_CALLS = [
  "eval",
  "Function",
  "XMLHttpRequest",
  "WebSocket",
  "EventSource",
  "RTCPeerConnection",
  "importScripts",
  "localStorage",
  "sessionStorage",
  "indexedDB",
];
const FORBIDDEN_PROPERTIES = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "sendBeacon", "cookie", "createContextualFragment"];

export default [
  { ignores: ["src/wasm/", "src/js/", "dist/", "types/", "policies/", "schemas/", "test/e2e/output/", "test/consumers/**/dist/", "examples/*/dist/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["src/**/*.js", "demo/**/*.js"],
    rules: {
      "no-console": "error",
      "no-restricted-globals": ["error", ...FORBIDDEN_CALLS],
      "no-restricted-syntax": [
        "error",
        {
          selector: FORBIDDEN_PROPERTIES.map((name) => `MemberExpression[property.name="${name}"]`).join(", "),
          message: "Text reaches the page as text, and stays in it.",
        },
        {
          selector: "Program > ExpressionStatement > AwaitExpression, Program > VariableDeclaration AwaitExpression:not(:function *)",
          message: "Top-level await fails in WebKit.",
        },
      ],
    },
  },
  {
    // Opt-in, for the tab only: see the file.
    files: ["demo/keep.js"],
    rules: { "no-restricted-globals": ["error", ...FORBIDDEN_CALLS.filter((name) => name !== "sessionStorage")] },
  },
];
