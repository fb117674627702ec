// Served by `amends serve` only: opens a conversation at any moment, by putting a play that leads there where the player
// looks for one that was left in this tab.
"use strict";

(() => {
  const { course, slug } = document.documentElement.dataset;

  const open = (run) => {
    const kept = { mode: "practice", seed: 0, tries: 0, run: run ? run.split(",") : [], ended: false, v: 1, at: new Date().toISOString() };
    sessionStorage.setItem(`amends:${course}:run:${slug}`, JSON.stringify(kept));
    location.href = `/scenarios/${slug}/`;
  };

  for (const button of document.querySelectorAll("[data-run]")) {
    button.addEventListener("click", () => open(button.dataset.run));
  }
  const at = new URLSearchParams(location.search).get("at");
  const wanted = at && document.querySelector(`[data-node="${CSS.escape(at)}"]`);
  if (wanted) {
    // So that the way back does not lead forward again.
    history.replaceState(null, "", location.pathname);
    open(wanted.dataset.run);
  }
  new EventSource("/static/reload").addEventListener("changed", () => location.reload());
})();
