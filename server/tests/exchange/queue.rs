//! A desk that comes to a long queue.

use std::collections::BTreeSet;

use dossier::access::Role;
use dossier::id::DossierId;
use sync::frame::up::Up;
use sync::frame::{Form, Have};

use crate::hand::{Hand, Notice};
use crate::office::COMMUNE;
use crate::{owner, working};

/// Four rows each: more than the office weighs for a first answer.
const QUEUE: usize = 600;

#[tokio::test]
async fn a_desk_that_comes_to_a_long_queue_has_the_newest_at_once_and_then_all_of_it() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let number = |place: usize| u8::try_from(place % 200).unwrap_or_default();
    let notices: Vec<Notice> = (0..QUEUE)
        .map(|place| {
            let dice = [1, number(place / 200), number(place), 1, 1];
            phone.notice_of(dice, "Sùng A Pó", "012201000217")
        })
        .collect();
    for some in notices.chunks(60) {
        phone.send(&test, &phone.carrying(some)).await;
    }
    let desk = Hand::join(&test, 2, Role::Officer, COMMUNE, phone.house).await;
    let mut up = Up { form: Form::Compact, ..desk.hello() };
    let (mut told, mut answers) = (BTreeSet::<DossierId>::new(), 0);
    loop {
        let down = desk.send(&test, &up).await;
        answers += 1;
        if told.is_empty() {
            let (first, last) = (notices[0].dossier, notices[QUEUE - 1].dossier);
            let here: BTreeSet<DossierId> = down.parcels.iter().map(|parcel| parcel.dossier).collect();
            assert!(here.contains(&last) && !here.contains(&first) && here.len() < 200, "{}", here.len());
            // What is told is whole: its submission and its number come with it.
            assert!(down.recorded.iter().all(|act| here.contains(&act.dossier)));
            let numbered: BTreeSet<DossierId> = down.numbered.iter().map(|one| one.dossier).collect();
            assert_eq!(numbered, here);
        }
        told.extend(down.parcels.iter().map(|parcel| parcel.dossier));
        up = Up { epoch: down.epoch, have: down.cursors.clone(), ..up };
        if !down.more || answers > 9 {
            break;
        }
    }
    assert_eq!((told.len(), answers), (QUEUE, 2));
    let (_, have) = up.have[0];
    assert_eq!(have, Have::all(have.to));
    let nothing = desk.send(&test, &up).await;
    assert!(nothing.parcels.is_empty() && nothing.recorded.is_empty() && !nothing.more);
}
