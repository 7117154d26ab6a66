//! What an officer should see in a dossier before acting on it: none of it stops anything, each has its sentence.

use dossier::filing::view::FilingDetail;
use dossier::filing::{Filing, PersonId};
use dossier::procedure::{Field, FieldKey, FieldKind, Filer, Procedure, Remark};
use dossier::vietnamese::compose;
use leptos::prelude::*;

use app::parts::icon::{Icon, Pictogram};
use app::text::paper;

/// The remarks of a dossier, as it was handed in first.
#[component]
pub(super) fn Remarks(
    /// Of which.
    detail: FilingDetail,
) -> impl IntoView {
    let submitted = detail.card.status.submitted.map(|at| at.day());
    let remarks = submitted.map(|day| detail.procedure.remarks(&detail.filing, day)).unwrap_or_default();
    let said = remarks.iter().map(|remark| sentence(remark, &detail.procedure, &detail.filing));
    let stranger =
        detail.behalf.is_none().then(|| stranger(&detail.declarant, &detail.procedure, &detail.filing));
    let lines = stranger.flatten().into_iter().chain(said).map(|words| {
        view! { <p class="check xem"><Pictogram icon=Icon::Review/>{words}</p> }
    });
    lines.collect_view().into_any()
}

/// Who hands something in for others is named in it, or has their house for it, or a ground: of anybody else it is not known
/// what they have to do with it (domain §1.0).
fn stranger(declarant: &str, procedure: &Procedure, filing: &Filing) -> Option<String> {
    let house = [Filer::Owner, Filer::Facility, Filer::Business];
    let of_house = procedure.filers.iter().any(|filer| house.contains(filer));
    let columns = procedure.people.iter().flat_map(|people| &people.columns);
    let names = |field: &&Field| field.kind == FieldKind::FullName;
    let form = procedure.fields.iter().filter(names).filter_map(|field| filing.answers.get(&field.key));
    let rows =
        columns.filter(names).flat_map(|column| filing.present().filter_map(|(_, row)| row.get(&column.key)));
    let own = compose(declarant).to_lowercase();
    let named = form.chain(rows).any(|name| compose(name).to_lowercase() == own);
    (!of_house && !named).then(|| {
        format!(
            "Người nộp ({declarant}) không có tên trong hồ sơ và không kèm ủy quyền. Xem lại ai được nộp."
        )
    })
}

fn sentence(remark: &Remark, procedure: &Procedure, filing: &Filing) -> String {
    let label = |key: &FieldKey| procedure.field(key).map(|field| field.label.as_str()).unwrap_or_default();
    let named = |person: &Option<PersonId>, key: &FieldKey| match person {
        None => label(key).to_owned(),
        Some(person) => {
            let column = procedure.column(key).map(|column| column.label.as_str()).unwrap_or_default();
            let name = filing.people.get(person).and_then(|row| row.get("name"));
            format!("{column} ({})", name.map_or("chưa ghi tên", String::as_str))
        }
    };
    match remark {
        Remark::LateBy { key, days } => format!("Nộp muộn {days} ngày, tính theo “{}”.", label(key)),
        Remark::EarlyBy { key, days } => {
            format!("Nộp sớm {days} ngày so với thời hạn, tính theo “{}”.", label(key))
        }
        Remark::ConsentAhead(kind) => format!("{}: ghi ngày sau ngày nộp.", kind.label()),
        Remark::ConsentAtAgency(kind) => {
            format!("{}: người đó tự xác nhận trên VNeID hoặc với cơ quan. Xem đã có chưa.", kind.label())
        }
        Remark::NumberMissing(person, key) => format!("{}: chưa có số.", named(person, key)),
        Remark::Confirmed(person, key, seen) => {
            let seen: Vec<String> = seen.iter().map(|seen| paper::observation(seen).0).collect();
            format!("{}: {} Người khai đã nhìn lại và giữ nguyên.", named(person, key), seen.join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use dossier::filing::example::example;
    use dossier::moment::{Day, MinuteOfDay, Moment};
    use dossier::personal_number::Observation;
    use dossier::procedure::load;

    use super::*;

    #[test]
    fn each_remark_is_a_sentence_that_names_the_place_and_the_person() {
        let today = Day::from_date(2026, 11, 24).expect("a day");
        let text = include_str!("../../../dossier/procedures/permanent-residence.toml");
        let procedure = load::parse("permanent-residence.toml", text).expect("shipped");
        let now = Moment::at(today, MinuteOfDay(540));
        let (mut filing, _) = example(&procedure, now).parse(&procedure, now).expect("could be handed in");
        let person = dossier::id::GuestId([1; 4]);
        let row = BTreeMap::from([("name".parse().expect("a key"), "Sùng Thị Dợ".to_owned())]);
        filing.people = BTreeMap::from([(person, row)]);
        let number: FieldKey = "number".parse().expect("a key");
        let said = |remark: Remark| sentence(&remark, &procedure, &filing);
        let missing = said(Remark::NumberMissing(Some(person), number.clone()));
        assert!(missing.ends_with("(Sùng Thị Dợ): chưa có số."), "{missing}");
        let seen = vec![Observation::YearDiffers { number_says: 1990, typed: 1991 }];
        let kept = said(Remark::Confirmed(None, number.clone(), seen));
        assert!(kept.contains("Số này thường của người sinh năm 1990. Người khai đã nhìn lại"), "{kept}");
        let late = said(Remark::LateBy { key: number, days: 5 });
        assert!(late.starts_with("Nộp muộn 5 ngày, tính theo “Số"), "{late}");
        let of = |declarant: &str| stranger(declarant, &procedure, &filing);
        assert!(of("Lầu A Chứ").is_some_and(|words| words.contains("(Lầu A Chứ) không có tên trong hồ sơ")));
        assert_eq!(of("sùng thị dợ"), None, "one of them");
    }
}
