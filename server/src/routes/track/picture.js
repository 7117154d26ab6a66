// Pictures for the answer to a supplement request: chosen, drawn anew and made small in the page, sent one after the other
// before the answer, which is sent last. A send that fails loses nothing: what was chosen and typed stays on the page. A picture
// lies in this page's memory and nowhere else on the phone. The answer's page takes the place of this one as parsed nodes:
// no text becomes markup here.
(() => {
  // What the app does, too (frontend/src/photo.rs): the longer side in points, most bytes, and what is tried.
  const LONG = 1600;
  const MOST = 150000;
  const QUALITIES = [0.8, 0.65, 0.5, 0.4, 0.3];
  const SHRINKS = 4;
  // 150 KB over a line of 2G take a minute or two; the office gives up after four.
  const PATIENCE = 240000;

  const NO_PICTURE = 'Máy không đọc được ảnh này. Hãy chụp lại.';
  const CUT = 'Chưa gửi được vì mạng đứt quãng. Ảnh và chữ vẫn còn trên trang này: đừng đóng trang, có mạng thì bấm gửi lại.';

  // What was chosen, by the field that names it: { blob, url, called }; `called` is the office's word that it is there.
  const shots = new Map();

  function begin() {
    const form = document.querySelector('form[action="/theo-doi/bo-sung"]');
    if (!form || !form.elements.namedItem('send')) return forget();
    for (const place of form.querySelectorAll('[data-anh]')) open(place);
    // Browsers before 2021 do not say which button it was.
    let pressed = form.elements.namedItem('send');
    form.addEventListener('click', ({ target }) => { pressed = target.closest('button[name]') ?? pressed; });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      send(form, event.submitter ?? pressed);
    });
  }

  // It is answered.
  function forget() {
    for (const { url } of [...shots.values()].flat()) if (url) URL.revokeObjectURL(url);
    shots.clear();
  }

  // Shows a paper's pictures, and takes more.
  function open(place) {
    const name = place.dataset.anh;
    const there = [...place.querySelectorAll('input[type=hidden]')].map((input) => input.value);
    const known = (shots.get(name) ?? []).map((shot) => ({ ...shot, called: there.includes(shot.called) ? shot.called : '' }));
    // Named before this page was loaded anew: at the office, and not to be shown any more.
    const others = there.filter((called) => known.every((shot) => shot.called !== called));
    shots.set(name, [...others.map((called) => ({ called })), ...known.filter((shot) => shot.blob || shot.called)]);
    place.querySelector('[data-khong]').remove();
    const field = place.querySelector('input[type=file]');
    field.addEventListener('change', async () => {
      const [file] = field.files;
      field.value = '';
      if (!file) return;
      say(place, 'Đang thu nhỏ ảnh…');
      try {
        const blob = await small(file);
        shots.get(name).push({ blob, url: URL.createObjectURL(blob), called: '' });
        draw(place);
      } catch {
        draw(place);
        say(place, NO_PICTURE, true);
      }
    });
    draw(place);
  }

  function draw(place) {
    const chosen = shots.get(place.dataset.anh);
    place.querySelectorAll('[data-to], [data-noi], input[type=hidden]').forEach((old) => old.remove());
    const choose = place.querySelector('label');
    chosen.forEach((shot, at) => {
      const called = `${place.dataset.ten}, ảnh ${at + 1}`;
      const page = make('div', { className: 'photo' });
      page.dataset.to = '';
      if (shot.url) page.append(make('img', { className: 'photo-page', src: shot.url, alt: called }));
      const size = shot.blob ? ` · ${Math.ceil(shot.blob.size / 1000)} KB` : '';
      page.append(make('p', { className: 'sm mute', textContent: `Ảnh ${at + 1}${size}${shot.called ? ' · đã đến nơi nhận' : ''}` }));
      const drop = make('button', { type: 'button', className: 'btn wide', textContent: 'Bỏ ảnh này' });
      drop.append(make('span', { className: 'unseen', textContent: `: ${called}` }));
      drop.addEventListener('click', () => {
        chosen.splice(chosen.indexOf(shot), 1);
        if (shot.url) URL.revokeObjectURL(shot.url);
        draw(place);
      });
      page.append(drop);
      if (shot.called) page.append(make('input', { type: 'hidden', name: place.dataset.anh, value: shot.called }));
      choose.before(page);
    });
    choose.hidden = chosen.length >= Number(place.dataset.nhieu);
    choose.querySelector('[data-goi]').textContent = chosen.length ? 'Chụp thêm ảnh' : 'Chụp ảnh';
  }

  function say(place, words, wrong = false) {
    place.querySelectorAll('[data-noi]').forEach((old) => old.remove());
    const said = make('p', { className: wrong ? 'check qua' : 'sm mute', textContent: words });
    said.dataset.noi = '';
    said.setAttribute('role', wrong ? 'alert' : 'status');
    place.querySelector('label').before(said);
  }

  // As the app does: drawn anew, so that nothing of the camera's own notes (place, time, phone) comes along.
  async function small(file) {
    const url = URL.createObjectURL(file);
    try {
      const image = make('img', { src: url });
      await image.decode();
      let scale = Math.min(1, LONG / Math.max(image.naturalWidth, image.naturalHeight));
      for (let turn = 0; turn < SHRINKS; turn += 1) {
        const [width, height] = [image.naturalWidth, image.naturalHeight].map((side) => Math.max(1, Math.round(side * scale)));
        const canvas = make('canvas', { width, height });
        const draw = canvas.getContext('2d');
        // What is see-through is paper, not night.
        draw.fillStyle = '#fff';
        draw.fillRect(0, 0, width, height);
        draw.drawImage(image, 0, 0, width, height);
        for (const quality of QUALITIES) {
          const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', quality); });
          if (blob && blob.size <= MOST) return blob;
        }
        scale *= 0.75;
      }
      throw new Error('no picture');
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  async function send(form, button) {
    const buttons = form.querySelectorAll('button');
    const tell = (words, wrong = false) => {
      const told = form.querySelector('[data-tin]');
      told.textContent = words;
      told.className = wrong ? 'check qua' : 'sm';
    };
    const fields = new URLSearchParams(new FormData(form));
    if (button.name) fields.append(button.name, button.value);
    buttons.forEach((one) => { one.disabled = true; });
    try {
      if (button.name === 'send') await bring(form, fields, tell);
      tell(button.name === 'send' ? 'Đang gửi phần bổ sung…' : '');
      const kind = 'application/x-www-form-urlencoded';
      const answer = await post(form.action, kind, fields.toString(), 'document');
      if (answer.status !== 200) throw new Error(words(answer));
      // A network that wants to be signed in to answers with a page of its own.
      if (!answer.response?.documentElement.hasAttribute('data-ssr')) throw new Error(CUT);
      document.title = answer.response.title;
      document.body.replaceWith(document.adoptNode(answer.response.body));
      scrollTo(0, 0);
      begin();
      // What is to put right, or what was just picked.
      const next = document.querySelector('main [role=alert]') ?? document.getElementById(fields.get('cho'));
      next?.scrollIntoView({ block: 'center' });
    } catch (fault) {
      tell(fault.message, true);
      form.querySelectorAll('[data-anh]').forEach(draw);
      buttons.forEach((one) => { one.disabled = false; });
    }
  }

  // Brings what is not at the office yet, and names it to the answer.
  async function bring(form, fields, tell) {
    const waiting = [...form.querySelectorAll('[data-anh]')].flatMap((place) =>
      shots.get(place.dataset.anh).filter((shot) => !shot.called).map((shot) => [place.dataset.anh, shot]));
    const key = `${fields.get('code')}\n${fields.get('word')}\n`;
    for (const [at, [name, shot]] of waiting.entries()) {
      const told = (part) => tell(`Đang gửi ảnh ${at + 1}/${waiting.length}: ${Math.round(part * 100)}%. Đừng đóng trang.`);
      told(0);
      const answer = await post('/theo-doi/anh', 'application/vnd.bankhai.page', new Blob([key, shot.blob]), 'json', told);
      if (answer.status !== 200 || !answer.response?.picture) throw new Error(words(answer));
      shot.called = answer.response.picture;
      fields.append(name, shot.called);
    }
  }

  function words(answer) {
    return answer.response?.words ?? 'Nơi nhận đang bận. Ảnh và chữ vẫn còn trên trang này: chờ một chút rồi bấm gửi lại.';
  }

  function post(address, kind, body, wanted, told = () => {}) {
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open('POST', address);
      request.responseType = wanted;
      request.timeout = PATIENCE;
      request.setRequestHeader('content-type', kind);
      request.upload.onprogress = ({ loaded, total }) => { if (total) told(loaded / total); };
      request.onload = () => done(request);
      request.onerror = request.ontimeout = () => fail(new Error(CUT));
      request.send(body);
    });
  }

  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  begin();
})();
