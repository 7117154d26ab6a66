// No machine of the tests has a camera or reads codes. What the camera of one telephone sees is the screen of another, as
// that page has really drawn it; what reads the codes in it is jsQR.

import { createRequire } from 'node:module';

const JSQR = createRequire(import.meta.url).resolve('jsqr');

// From its next load on, `page` has a camera that shows nothing; how many of it run is counted.
export function hasCamera(page) {
  return page.addInitScript(() => {
    window.cameras = [];
    navigator.mediaDevices.getUserMedia = async ({ video }) => {
      if (video.facingMode !== 'environment') throw new Error('the other camera');
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
      const paper = canvas.getContext('2d');
      const stream = canvas.captureStream(10);
      const drawing = setInterval(() => paper.fillRect(0, 0, 320, 240), 50);
      window.cameras.push(...stream.getTracks());
      stream.getTracks()[0].addEventListener('ended', () => clearInterval(drawing));
      return stream;
    };
  });
}

// From its next load on, `page` has a camera and reads codes: `other` is what it sees, while it is pointed there.
export async function seesScreenOf(page, other) {
  await page.exposeFunction('screenInSight', async () => (await other.screenshot()).toString('base64'));
  await hasCamera(page);
  await page.addInitScript({ path: JSQR });
  await page.addInitScript(() => {
    window.read = new Set();
    window.most = Infinity;
    window.BarcodeDetector = class {
      async detect(video) {
        if (video.tagName !== 'VIDEO') throw new Error('no picture');
        const png = Uint8Array.from(atob(await window.screenInSight()), (sign) => sign.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([png], { type: 'image/png' }));
        const paper = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
        paper.drawImage(picture, 0, 0);
        const { data, width, height } = paper.getImageData(0, 0, picture.width, picture.height);
        const code = window.jsQR(data, width, height);
        if (!code || (!window.read.has(code.data) && window.read.size >= window.most)) return [];
        window.read.add(code.data);
        return [{ rawValue: code.data }];
      }
    };
  });
}

// Of the codes it has not read yet, `page` reads so many from now on: what comes after them a hand is before.
export const reads = (page, more) => page.evaluate((most) => { window.most = window.read.size + most; }, more);

// How many cameras run on this page.
export const running = (page) => page.evaluate(() => window.cameras.filter((camera) => camera.readyState === 'live').length);
