// Served by `amends serve` only: follows what changed, and shows what is wrong with the content over the page.
// A changed style is put in the place of the old one, so that nothing on the page is lost; else the page is loaded again if
// it is the one that changed, or shows or runs what did. No markup from strings: the page's policy refuses it.
"use strict";

(() => {
  const script = document.currentScript;
  const root = new URL("../", script.src);
  const here = () => {
    const path = decodeURIComponent(location.pathname.slice(root.pathname.length));
    return path === "" || path.endsWith("/") ? path + "index.html" : path;
  };

  // The server makes a page again that somebody looks at, and leaves the others until they are asked for.
  const events = new EventSource(new URL(`reload?${encodeURIComponent(here())}`, script.src));
  // The version that this page was made from: a newer one may have come before the page listened.
  const [{ serverTiming = [] } = {}] = performance.getEntriesByType("navigation");
  let version = serverTiming.filter(({ name }) => name === "amends").map(({ description }) => Number(description))[0];

  // Where a file of the site is found.
  const place = (path) => new URL(path.split("/").map(encodeURIComponent).join("/"), root).pathname;

  // What this page has asked for so far: its styles, scripts and pictures, and theirs.
  performance.setResourceTimingBufferSize(10000);
  const asked = () => new Set(performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));

  const concerns = (path) => path === "static/" || path === here() || asked().has(place(path));

  /** Loads the styles of this address again, each beside the old one until it is there; whether there are any. */
  const restyle = (path) => {
    const links = [...document.querySelectorAll("link[rel=stylesheet]")];
    const old = links.filter((link) => new URL(link.href).pathname === place(path));
    for (const link of old) {
      const fresh = link.cloneNode();
      fresh.href = `${place(path)}?${version}`;
      // One that is gone leaves the page as it is.
      fresh.onload = () => link.remove();
      fresh.onerror = () => fresh.remove();
      link.after(fresh);
    }
    return old.length > 0;
  };

  const follow = (paths) => {
    if (paths.filter(concerns).some((path) => !path.endsWith(".css") || !restyle(path))) location.reload();
  };

  const element = (name, id) => {
    const made = document.createElement(name);
    made.id = id;
    return made;
  };

  // What is wrong with this page alone came with it.
  const own = document.getElementById("amends-faults")?.textContent ?? "";

  const show = (faults) => {
    let text = document.getElementById("amends-faults");
    styled();
    if (!text) {
      const panel = element("section", "amends-panel");
      panel.setAttribute("role", "alert");
      const heading = document.createElement("h2");
      heading.textContent = "This has to be mended before the course can be built:";
      text = element("pre", "amends-faults");
      text.tabIndex = 0;
      panel.append(heading, text);
      document.body.append(panel);
    }
    text.textContent = [...new Set([faults, own])].filter(Boolean).join("\n");
  };

  const hide = () => {
    if (own) show("");
    else document.getElementById("amends-panel")?.remove();
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
  events.addEventListener("shown", (event) => (version = JSON.parse(event.data)));
  events.addEventListener("changed", (event) => follow(JSON.parse(event.data)));
  events.addEventListener("faults", (event) => show(JSON.parse(event.data)));
  events.addEventListener("mended", hide);
})();
