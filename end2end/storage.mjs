// The app's database of a browser as plain data, and back: what a phone keeps, seen from outside the app.

const NAME = 'bankhai';
// The schema of the first format (frontend/worker/src/store/database.rs).
const VERSION = 1;
const STORES = { log: { autoIncrement: true }, slot: {} };

// Everything in it: store -> [key, bytes in base64][].
export function dump(page) {
  return page.evaluate(async ([name, stores]) => {
    const done = (request) => new Promise((ok, no) => {
      request.onsuccess = () => ok(request.result);
      request.onerror = () => no(request.error);
    });
    const database = await done(indexedDB.open(name));
    const found = {};
    for (const store of stores) {
      const rows = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
      found[store] = keys.map((key, at) => [key, btoa(String.fromCharCode(...values[at]))]);
    }
    database.close();
    return found;
  }, [NAME, Object.keys(STORES)]);
}

// Puts it into a browser that has none; `page` is anywhere at the origin but in the app.
export function restore(page, kept) {
  return page.evaluate(async ([name, version, stores, rows]) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const [store, options] of Object.entries(stores)) request.result.createObjectStore(store, options);
    };
    const database = await new Promise((ok, no) => {
      request.onsuccess = () => ok(request.result);
      request.onerror = () => no(request.error);
    });
    const writing = database.transaction(Object.keys(stores), 'readwrite');
    for (const [store, list] of Object.entries(rows)) {
      for (const [key, value] of list) {
        writing.objectStore(store).put(Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0)), key);
      }
    }
    await new Promise((ok, no) => {
      writing.oncomplete = ok;
      writing.onabort = () => no(writing.error);
    });
    database.close();
  }, [NAME, VERSION, STORES, kept]);
}
