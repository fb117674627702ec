// Served by `amends serve` only: reloads this page when its own bytes changed, and shows what is wrong with the
// content over the last good page. No markup from strings: the page's policy refuses it.
"use strict";

(() => {
  const script = document.currentScript;
  const root = new URL("../", script.src);
  const events = new EventSource(new URL("reload", script.src));
  let version;

  const here = () => {
    const path = decodeURIComponent(location.pathname.slice(root.pathname.length));
    return path === "" || path.endsWith("/") ? path + "index.html" : path;
  };

  // What stands beside a page is that page's; other styles, scripts and pictures may be anybody's.
  const concerns = (path) => {
    const page = path.replace(/\/(talk|recall)\.js$/, "/index.html");
    return !page.endsWith(".html") || page === here();
  };

  const element = (name, id) => {
    const made = document.createElement(name);
    made.id = id;
    return made;
  };

  const show = (faults) => {
    let text = document.getElementById("amends-faults");
    if (!text) {
      styled();
      const panel = element("section", "amends-panel");
      panel.setAttribute("role", "alert");
      const heading = document.createElement("h2");
      heading.textContent = "The last good version is shown. This has to be mended first:";
      text = element("pre", "amends-faults");
      text.tabIndex = 0;
      panel.append(heading, text);
      document.body.append(panel);
    }
    text.textContent = faults;
  };

  const hide = () => {
    document.getElementById("amends-panel")?.remove();
  };

  const styled = () => {
    if (document.getElementById("amends-style")) return;
    const style = element("link", "amends-style");
    style.rel = "stylesheet";
    style.href = new URL("reload.css", script.src);
    document.head.append(style);
  };

  // Beside each scenario, for whoever writes it: its faults, its moments, its proof and its map.
  const scenario = /^scenarios\/([^/]+)\/index\.html$/.exec(here());
  if (scenario) {
    styled();
    const link = element("a", "amends-bench");
    link.href = new URL(`bench/${scenario[1]}/`, root);
    link.textContent = "Behind this page: moments, proof, map";
    document.body.append(link);
  }

  events.addEventListener("state", (event) => {
    const now = JSON.parse(event.data);
    if (version !== undefined && version !== now.version) location.reload();
    version = now.version;
    if (now.faults === null) hide();
    else show(now.faults);
  });
  events.addEventListener("changed", (event) => {
    version += 1;
    if (JSON.parse(event.data).some(concerns)) location.reload();
  });
  events.addEventListener("faults", (event) => show(JSON.parse(event.data)));
  events.addEventListener("mended", hide);
})();
