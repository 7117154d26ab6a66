//! A family and an officer with real devices over a real connection.

use std::path::PathBuf;

use dossier::access::Role;
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use dossier::place::Place;
use dossier::view::{CardState, Detail};
use server::client::Plain;
use server::headless::pump::Pump;
use server::serve;
use sync::receipt::Receipt;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::hand::form;
use crate::office::{COMMUNE, PASSWORD, test_office};

pub const PIN: &str = "246810";

pub fn ask(pump: &mut Pump, intent: Intent) -> Answer {
    pump.ask(intent).unwrap_or_else(|error| panic!("{error}"))
}

pub fn enrolled(state: PathBuf, server: &str, code: &str) -> Pump {
    let mut pump = Pump::open(&state, server).unwrap_or_else(|error| panic!("{error}"));
    let (code, password, pin) = (code.to_owned(), PASSWORD.to_owned(), PIN.to_owned());
    assert!(ask(&mut pump, Intent::Enrol { code, password, pin }) == Answer::Done);
    pump
}

pub fn opened(pump: &mut Pump, dossier: DossierId) -> Detail {
    match ask(pump, Intent::Open(dossier)) {
        Answer::Detail(detail) => *detail,
        _ => panic!("the notice is here"),
    }
}

#[tokio::test]
async fn a_notice_goes_up_a_receipt_comes_down_and_the_officer_receives_it() {
    let test = test_office().await;
    let (_, owner_code) = test.add_owner("hoadialan").await;
    let (_, officer_code) = test.add_person("congan", Role::Officer, COMMUNE, None).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let server = format!("http://{}", listener.local_addr().expect("an address"));
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(serve::until(Plain(listener), test.office.clone(), async {
        let _ = stopped.await;
    }));
    let keys = test.office.keys.receipt_verifying();
    let (phone_dir, desk_dir) = (test.dir.path().join("phone"), test.dir.path().join("desk"));
    let evening = move || {
        let mut phone = enrolled(phone_dir.clone(), &server, &owner_code.to_string());
        let Answer::Saved(dossier) = ask(&mut phone, Intent::Submit(form("Sùng A Pó", "012201000217", "5")))
        else {
            panic!("saved")
        };
        let detail = opened(&mut phone, dossier);
        assert!(matches!(detail.card.state, CardState::Receipted { .. }), "{:?}", detail.card.state);
        let receipt = detail.receipt.expect("a receipt");
        let read = Receipt::from_text(&receipt.qr).expect("a receipt's text");
        assert_eq!(read.verify(&keys), Ok(()));
        assert_eq!((read.number().to_string(), read.dossier), (receipt.number, dossier));

        let mut desk = enrolled(desk_dir, &server, &officer_code.to_string());
        assert_eq!(opened(&mut desk, dossier).stay.room, "5");
        assert!(ask(&mut desk, Intent::Receive(vec![dossier])) == Answer::Done);

        assert!(ask(&mut phone, Intent::SyncNow) == Answer::Done);
        let CardState::Received { by, .. } = opened(&mut phone, dossier).card.state else {
            panic!("received")
        };
        assert_eq!(by, "Giàng Thị Mỷ");
        // Switched off and on, the phone knows it still, and proves it without the office.
        drop(phone);
        let mut phone =
            Pump::open(&phone_dir, "http://127.0.0.1:9").unwrap_or_else(|error| panic!("{error}"));
        assert!(ask(&mut phone, Intent::Unlock { place: Place::FIRST, pin: PIN.into() }) == Answer::Done);
        let detail = opened(&mut phone, dossier);
        assert!(matches!(detail.card.state, CardState::Received { .. }));
        assert!(detail.receipt.is_some());
    };
    tokio::task::spawn_blocking(evening).await.expect("an evening");
    stop.send(()).expect("running");
    running.await.expect("a task").unwrap_or_else(|error| panic!("{error}"));
}
