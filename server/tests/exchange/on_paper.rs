//! What may stand on a paper and what may not: who signs it, for whom, and what nobody here knows.

use dossier::access::Role;
use dossier::act::{Act, Channel, Heads};
use dossier::behalf::Matter;
use dossier::filing::printed::Printed;
use dossier::filing::step::{Item, Items, ReturnWay, Step};
use dossier::filing::{ConsentGiven, ConsentWay, Filing, PaperRef};
use dossier::id::{GuestId, PaperId};
use dossier::procedure::ConsentKind;
use dossier::view::Rejection;
use server::clock;
use sync::frame::down::Verdict;

use crate::behalf::{with, witnessed_for};
use crate::civil::{accept, file, tap};
use crate::filing::people;
use crate::hand::{Hand, Notice, verdict};
use crate::office::{COMMUNE, TestOffice};
use crate::printing::{read, there};
use crate::tenant::{filled, tenant};
use crate::working;

/// How every account of these tests is called.
const ACCOUNT: &str = "Giàng Thị Mỷ";

fn heads(notice: &Notice) -> Heads {
    let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
    heads
}

fn decide(notice: &Notice) -> Step {
    Step::Decide { heads: heads(notice), words: "Đồng ý".parse().expect("words"), until: None }
}

fn refuse(notice: &Notice) -> Step {
    let (reason, ground) = ("Thiếu căn cứ", "Luật Cư trú điều 23");
    let (reason, ground) = (reason.parse().expect("words"), ground.parse().expect("words"));
    Step::Refuse { heads: heads(notice), reason, ground }
}

async fn done(test: &TestOffice, hand: &Hand, of: &Notice, dice: u8, what: Step) {
    assert_eq!(tap(test, hand, of, dice, what).await, Some(Verdict::Accepted), "{dice}");
}

/// Digits in boxes stand apart: what is said is compared without the gaps.
fn said(paper: &str, all: &[&str], none: &[&str]) {
    let bare = |words: &str| words.split_whitespace().collect::<String>();
    for words in all {
        assert!(bare(paper).contains(&bare(words)), "{words} is not in: {paper}");
    }
    for words in none {
        assert!(!bare(paper).contains(&bare(words)), "{words} is in: {paper}");
    }
}

/// Somebody who goes away to work.
fn away(test: &TestOffice) -> Filing {
    let answers = [
        ("name", "Lò Văn Mẫn"),
        ("birth", "2001-03-09"),
        ("number", "012201004318"),
        ("address", "Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu"),
        ("absence", "d"),
        ("reason", "Đi làm công nhân"),
        ("from", "2026-12-01"),
        ("until", "2028-01-31"),
        ("destination", "Phường Kinh Bắc, tỉnh Bắc Ninh"),
        ("return", "dien-tu"),
    ];
    filled(test, "temporary-absence", &answers)
}

#[tokio::test]
async fn an_absence_has_its_slip_and_every_paper_of_a_dossier_of_residence() {
    let test = working().await;
    let (phone, officer) = people(&test).await;
    let filed = file(&test, &phone, 1, &away(&test)).await;
    assert_eq!(there(&test, &phone, filed.dossier).await, [] as [&str; 0]);
    let item = Item { at: None, what: "ghi rõ nơi đến".parse().expect("words") };
    let items = Items::new(vec![item]).expect("items");
    done(&test, &officer, &filed, 10, accept(&filed)).await;
    done(&test, &officer, &filed, 11, Step::Supplement { heads: heads(&filed), items, until: None }).await;
    assert_eq!(there(&test, &phone, filed.dossier).await, ["ct04", "ct05"]);
    let mut more = away(&test);
    more.answers.insert("phone".parse().expect("a key"), "0912000456".to_owned());
    let answered = phone.filing_after(&filed, &more);
    phone.send(&test, &phone.carrying([&answered])).await;
    done(&test, &officer, &answered, 12, decide(&answered)).await;
    assert_eq!(there(&test, &phone, filed.dossier).await, ["ct04", "ct05", "ct08", "ct03"]);
    let slip = read(&test, &phone, filed.dossier, Printed::Ct03).await;
    let all = [
        "Mẫu CT03",
        "PHIẾU KHAI BÁO TẠM VẮNG",
        "LÒ VĂN MẪN",
        "09/03/2001",
        "4. Nơi cư trú: Bản Sin Suối Hồ",
        "5. Lý do tạm vắng: Đi làm công nhân",
        "từ ngày: 01/12/2026",
        "đến ngày: 31/01/2028",
        "Phường Kinh Bắc",
    ];
    said(&slip, &all, &[]);
    let receipt = read(&test, &phone, filed.dossier, Printed::Ct04).await;
    said(&receipt, &["Tờ khai (CT03)", "3. Nơi cư trú: Bản Sin Suối Hồ"], &[]);

    let refused = file(&test, &phone, 2, &away(&test)).await;
    done(&test, &officer, &refused, 13, refuse(&refused)).await;
    assert_eq!(there(&test, &phone, refused.dossier).await, ["ct06"]);
}

#[tokio::test]
async fn whom_a_dossier_was_taken_in_for_signs_it_and_not_who_typed_it_at_the_counter() {
    let test = working().await;
    let (owner, officer) = people(&test).await;
    let clerk = Hand::join(&test, 7, Role::OneStopClerk, COMMUNE, owner.house).await;
    for (dice, counter) in [(1, &officer), (2, &clerk)] {
        let mut filed = counter.filing([dice; 5], &tenant(&test));
        if let Act::Submit { channel, .. } = &mut filed.submit.act {
            *channel = Channel::Counter;
        }
        let ground = witnessed_for(Matter::Filing, i32::from(dice));
        let down = counter.send(&test, &with(counter.carrying([&filed]), &filed, ground)).await;
        assert_eq!(verdict(&down, filed.dossier), Some(Verdict::Accepted));
        let form = read(&test, counter, filed.dossier, Printed::Ct01).await;
        said(&form, &["Giàng Thị Chẳn", "NGƯỜI KÊ KHAI"], &[ACCOUNT, "(nộp trực tuyến"]);
        done(&test, counter, &filed, dice * 10, accept(&filed)).await;
        let slip = read(&test, counter, filed.dossier, Printed::Ct04).await;
        said(&slip, &["Giàng Thị Chẳn"], &[]);
        assert_eq!(slip.matches(ACCOUNT).count(), 1, "who received it, and nobody else: {slip}");
        done(&test, &officer, &filed, dice * 10 + 1, refuse(&filed)).await;
        let slip = read(&test, counter, filed.dossier, Printed::Ct06).await;
        said(&slip, &["Giàng Thị Chẳn"], &[ACCOUNT]);
    }
    // What came from a phone of one's own, one hands in oneself.
    let filed = file(&test, &owner, 3, &tenant(&test)).await;
    said(&read(&test, &owner, filed.dossier, Printed::Ct01).await, &[ACCOUNT], &["Giàng Thị Chẳn"]);
}

#[tokio::test]
async fn only_the_head_is_named_as_the_head_and_no_paper_says_the_database_was_written() {
    let test = working().await;
    let (phone, officer) = people(&test).await;
    let head = Hand::join(&test, 8, Role::Head, COMMUNE, phone.house).await;
    let heads_place = |paper: &str| paper.split("THỦ TRƯỞNG").nth(1).expect("the head's place").to_owned();
    for (dice, by, signs) in [(1, &officer, false), (2, &head, true)] {
        let filed = file(&test, &phone, dice, &tenant(&test)).await;
        done(&test, &officer, &filed, dice * 10, accept(&filed)).await;
        done(&test, by, &filed, dice * 10 + 1, decide(&filed)).await;
        let notice = read(&test, &phone, filed.dossier, Printed::Ct08).await;
        assert_eq!(heads_place(&notice).contains(ACCOUNT), signs, "{notice}");
        said(&notice, &["của Bộ trưởng Bộ Công an"], &["đã được cập nhật"]);
        let (reason, ground) = ("Ghi sai", "Luật Cư trú điều 35");
        let annul =
            Step::Annul { reason: reason.parse().expect("words"), ground: ground.parse().expect("words") };
        done(&test, &head, &filed, dice * 10 + 2, annul).await;
        let notice = read(&test, &phone, filed.dossier, Printed::Ct08).await;
        assert!(heads_place(&notice).contains(ACCOUNT), "annulled by the head: {notice}");
        said(&notice, &["Hủy bỏ kết quả"], &["đã được cập nhật"]);

        let filed = file(&test, &phone, dice + 2, &tenant(&test)).await;
        done(&test, by, &filed, dice * 10 + 3, refuse(&filed)).await;
        let refusal = read(&test, &phone, filed.dossier, Printed::Ct06).await;
        assert_eq!(heads_place(&refusal).contains(ACCOUNT), signs, "{refusal}");
    }
}

#[tokio::test]
async fn a_confirmation_leaves_open_what_only_the_database_knows_and_names_whom_it_is_for() {
    let test = working().await;
    let (phone, officer) = people(&test).await;
    let answers = [
        ("name", "Lò Văn Mẫn"),
        ("birth", "2001-03-09"),
        ("sex", "nam"),
        ("number", "012201004318"),
        ("for-whom", "nguoi-khac"),
        ("relation", "con-de"),
        ("head-name", "Lò Văn Pâng"),
        ("head-number", "012075000431"),
        ("request", "Xác nhận nơi thường trú"),
        ("return", "dien-tu"),
    ];
    let of_nobody = filled(&test, "residence-confirmation", &answers);
    let filed = phone.filing([1; 5], &of_nobody);
    let down = phone.send(&test, &phone.carrying([&filed])).await;
    let invalid = Some(Verdict::Rejected(Rejection::Invalid));
    assert_eq!(verdict(&down, filed.dossier), invalid, "for another, whom nobody names");

    let row = |name: &str, number: &str| {
        let row = [
            ("name", name),
            ("birth", "2016-02-11"),
            ("sex", "nu"),
            ("number", number),
            ("relation", "chau-noi"),
        ];
        row.map(|(key, value)| (key.parse().expect("a key"), value.to_owned())).into()
    };
    let mut of_a_child = of_nobody.clone();
    of_a_child.people.insert(GuestId([1; 4]), row("Lò Thị Mỷ", "012316000217"));
    let mut of_the_house = of_a_child.clone();
    of_the_house.people.insert(GuestId([2; 4]), row("Lò Thị Pành", "012316000218"));
    of_the_house.answers.insert("for-whom".parse().expect("a key"), "minh".to_owned());
    for (dice, content, about) in
        [(2, of_a_child, "1. Họ, chữ đệm và tên: LÒ THỊ MỶ"), (3, of_the_house, "LÒ VĂN MẪN")]
    {
        let filed = file(&test, &phone, dice, &content).await;
        done(&test, &officer, &filed, dice * 10, accept(&filed)).await;
        done(&test, &officer, &filed, dice * 10 + 1, decide(&filed)).await;
        let paper = read(&test, &phone, filed.dossier, Printed::Ct07).await;
        let claimed = ["LÒ VĂN PÂNG", "012075000431", "con đẻ", "cháu nội", "LÒ THỊ PÀNH", ACCOUNT];
        said(&paper, &[about], &claimed);
    }
}

#[tokio::test]
async fn a_receipt_lists_each_paper_once_and_an_original_as_one_that_is_only_compared() {
    let test = working().await;
    let (phone, officer) = people(&test).await;
    let mut said = tenant(&test);
    said.originals = ["dwelling".parse().expect("a key")].into();
    for page in [1_u8, 2, 3] {
        let paper = "lease".parse().expect("a key");
        said.papers.insert(PaperId([page; 4]), PaperRef { paper, digest: [page; 32], bytes: 40_000 });
    }
    let filed = file(&test, &phone, 1, &said).await;
    // As devices of before have written it: a key for each page, and the original among what was received.
    let papers = ["lease", "lease", "lease", "dwelling"].map(|key| key.parse().expect("a key")).into();
    let (appointed, way) = (clock::now().day().plus(3), ReturnWay::Electronic);
    done(&test, &officer, &filed, 10, Step::Accept { heads: heads(&filed), appointed, way, papers }).await;
    let slip = read(&test, &phone, filed.dossier, Printed::Ct04).await;
    let (received, rest) = slip.split_once("Bản chính công dân xuất trình").expect("what is compared");
    assert_eq!(received.matches("Hợp đồng hoặc giấy tờ").count(), 1, "{slip}");
    assert!(!received.contains("chỗ ở hợp pháp") && rest.contains("chỗ ở hợp pháp"), "{slip}");
    assert!(!rest.contains("Hợp đồng hoặc giấy tờ"), "{slip}");
}

#[tokio::test]
async fn who_hands_the_household_over_declares_as_its_head_and_asks_for_the_next_one() {
    let test = working().await;
    let (phone, _) = people(&test).await;
    let answers = [
        ("name", "Lò Văn Mẫn"),
        ("birth", "1971-03-09"),
        ("sex", "nam"),
        ("number", "012071004318"),
        ("change", "chu-ho"),
        ("new-head-name", "Hảng Thị Xà"),
        ("new-head-number", "012175000129"),
        ("relation", "chu-ho"),
        ("request", "Chuyển chủ hộ cho vợ"),
        ("return", "dien-tu"),
    ];
    let mut handing_over = filled(&test, "residence-adjustment", &answers);
    let agreed = ConsentGiven {
        who: "Lò Văn Mẫn".parse().expect("a name"),
        at: "Sin Suối Hồ".to_owned(),
        day: clock::now().day(),
        how: ConsentWay::SamePerson,
    };
    handing_over.consents.insert(ConsentKind::Head, agreed);
    let filed = file(&test, &phone, 1, &handing_over).await;
    let form = read(&test, &phone, filed.dossier, Printed::Ct01).await;
    let (before, request) = form.split_once("10. Nội dung đề nghị").expect("item 10");
    let (_, head) = before.split_once("7. Họ, chữ đệm và tên chủ hộ").expect("item 7");
    said(
        head,
        &["LÒ VĂN MẪN", "8. Mối quan hệ với chủ hộ: chủ hộ", "012071004318"],
        &["HẢNG THỊ XÀ", "012175000129"],
    );
    said(request, &["chủ hộ mới: Hảng Thị Xà", "012175000129"], &[]);
}
