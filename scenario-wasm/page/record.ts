/** Soon. */
export {};
