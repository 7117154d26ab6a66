// The workloads' records as lines of `bankhai device declare` (server/README.md describes them).

const REASONS = { 'Du lịch': 1, 'Công tác': 2, 'Học tập': 3, 'Thăm thân': 6, 'Chữa bệnh': 18 };
const VIETNAMESE_CARD = 8;
const PASSPORT = 4;

const date = (iso) => iso.split('-').reverse().join('/');
const sex = (word) => (word === 'Nam' ? 'M' : 'F');
const dayAfter = (iso) => new Date(Date.parse(iso.slice(0, 10)) + 86_400_000).toISOString().slice(0, 10);

// A stay of fourteen fields. Its establishment is the device's own; a stay without a departure is planned for one
// night, and a foreigner's permit, which the law asks for and the workload lacks, ends with the stay.
export function stay(rec) {
  const leave = rec.depart ? rec.depart.slice(0, 10) : dayAfter(rec.arrive);
  const foreign = rec.nationality !== 'VNM';
  return {
    ngay_den: rec.arrive.slice(0, 16),
    ngay_di_du_kien: leave,
    so_phong: rec.room,
    ly_do_luu_tru: REASONS[rec.reason] ?? 20,
    ly_do_khac: rec.reason in REASONS ? '' : rec.reason,
    ghi_chu: rec.note,
    nguoi_luu_tru: [
      {
        ho_ten: rec.full_name,
        ngay_sinh: date(rec.dob),
        gioi_tinh: sex(rec.sex),
        quoc_tich: rec.nationality,
        loai_giay_to: foreign ? PASSPORT : VIETNAMESE_CARD,
        so_giay_to: rec.id_number,
        thoi_han_tam_tru: foreign ? leave : '',
        so_dien_thoai: rec.phone,
        noi_cu_tru: rec.address,
      },
    ],
  };
}

// A household of forty fields. There is no household form yet, so its people are guests and every field without a
// place of its own stands in the nearest text: nothing is left out.
export function household(rec) {
  return {
    ngay_den: '2026-11-21T20:00',
    ngay_di_du_kien: '2026-11-22',
    so_phong: rec.dossier_no,
    ly_do_luu_tru: 20,
    ly_do_khac: particulars(rec),
    ghi_chu: rec.note,
    nguoi_luu_tru: [
      person(rec.head_name, rec.head_dob, rec.head_sex, rec.head_cccd, homes(rec), rec.phone),
      ...[1, 2, 3].map((m) =>
        person(rec[`m${m}_name`], rec[`m${m}_dob`], rec[`m${m}_sex`], rec[`m${m}_cccd`], member(rec, m), ''),
      ),
    ],
  };
}

const particulars = (rec) =>
  [rec.kind, rec.ethnicity, rec.religion, rec.occupation, rec.land_paper, rec.officer].join('; ');
const homes = (rec) =>
  `số ${rec.house_no}, ${rec.village}, ${rec.commune}, ${rec.province}; ${rec.birthplace}; ${rec.hometown}`;
const member = (rec, m) => [rec[`m${m}_rel`], rec[`m${m}_ethnicity`], rec[`m${m}_occupation`]].join('; ');

const person = (name, born, word, number, home, phone) => ({
  ho_ten: name,
  ngay_sinh: date(born),
  gioi_tinh: sex(word),
  loai_giay_to: VIETNAMESE_CARD,
  so_giay_to: number,
  so_dien_thoai: phone,
  noi_cu_tru: home,
});

// What one edit of the workload changes; `rec` already says what it says afterwards. Every edit is a save of its own.
export function edit(field, rec) {
  const guest = (number, what) => ({ nguoi_luu_tru: [{ so_giay_to: number, ...what }] });
  switch (field) {
    case 'full_name':
      return guest(rec.id_number, { ho_ten: rec.full_name });
    case 'address':
      return guest(rec.id_number, { noi_cu_tru: rec.address });
    case 'depart': {
      const leave = rec.depart.slice(0, 10);
      const permit = rec.nationality === 'VNM' ? {} : guest(rec.id_number, { thoi_han_tam_tru: leave });
      return { ngay_di_du_kien: leave, ...permit };
    }
    case 'note':
      return { ghi_chu: rec.note };
    case 'occupation':
      return { ly_do_khac: particulars(rec) };
    case 'phone':
      return guest(rec.head_cccd, { so_dien_thoai: rec.phone });
    case 'head_name':
      return guest(rec.head_cccd, { ho_ten: rec.head_name });
    case 'm1_rel':
      return guest(rec.m1_cccd, { noi_cu_tru: member(rec, 1) });
    default:
      throw new Error(`no place for an edit of ${field}`);
  }
}
