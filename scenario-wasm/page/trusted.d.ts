/** Trusted Types, as far as the pages use them: no text becomes markup or a script's address but by a policy with a name. */

interface TrustedRules {
  createHTML?: (html: string) => string;
  createScriptURL?: (url: string) => string;
}

interface Window {
  /** Not every browser has them. */
  trustedTypes?: { createPolicy<Rules extends TrustedRules>(name: string, rules: Rules): Rules };
}
