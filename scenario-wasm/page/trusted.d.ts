/** Trusted Types, as far as the pages use them: text becomes markup or the address of a script only by a named policy. */

interface TrustedRules {
  createHTML?: (html: string) => string;
  createScriptURL?: (url: string) => string;
}

interface Window {
  /** Not every browser supports them. */
  trustedTypes?: { createPolicy<Rules extends TrustedRules>(name: string, rules: Rules): Rules };
}
