// What a text may become on this page (Trusted Types). The page makes markup of its own templates only: plain elements
// and words. Whatever else reaches such a place was not meant to, and is refused; no text ever becomes a script.
const ELEMENTS = new Set(
  ("a abbr address article aside b bdi blockquote br button canvas caption circle cite code col colgroup datalist dd " +
    "defs del details dfn dialog div dl dt em fieldset figcaption figure footer form g h1 h2 h3 h4 h5 h6 header hgroup hr " +
    "i img input ins kbd label legend li line main mark meter nav ol optgroup option output p path polygon polyline pre " +
    "progress q rect s samp search section select small span strong sub summary sup svg symbol table tbody td text " +
    "textarea tfoot th thead time title tr tspan u ul use var video wbr").split(" "),
);
const TAG = /<(?:\/?([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z][A-Za-z0-9_-]*(?:="[^"<>]*")?)*)\s*\/?|!|!--[^<>-]*--)>/g;
const ATTRIBUTE = /([A-Za-z][A-Za-z0-9_-]*)(?:="([^"]*)")?/g;

// Attributes that run, load, send or dress; and addresses that lead anywhere but to this site or a telephone.
function harmless([, name, value = ""]) {
  if (/^href$/i.test(name)) return /^(?:\/(?!\/)|#|tel:)[^&\\]*$/.test(value);
  return !/^(?:on|src|style$|action$|formaction$|ping$)/i.test(name);
}

function markup(text) {
  for (const [, element, attributes] of text.matchAll(TAG)) {
    if (element && !ELEMENTS.has(element.toLowerCase())) return null;
    if (attributes && ![...attributes.matchAll(ATTRIBUTE)].every(harmless)) return null;
  }
  // A tag that is not written as ours are is nobody's template.
  return text.replace(TAG, "").includes("<") ? null : text;
}

function script(address) {
  const url = new URL(address, location.href);
  const own = /^\/(?:sw|pkg\/worker-boot\.[0-9a-f]{16})\.js$/.test(url.pathname) && url.search === "";
  return own && url.origin === location.origin ? url.href : null;
}

// Older browsers have none of this; their pages are held by the rest of the policy.
globalThis.trustedTypes?.createPolicy("default", { createHTML: markup, createScript: () => null, createScriptURL: script });
